import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureClusterListSchema } from "@/lib/contract/failure-cluster";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertProject } from "@/test/rows";
import { traces } from "../db/schema";

const path = "/v1/failures/clusters";
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

const minute = (number: number) => `2026-11-01T10:${String(number).padStart(2, "0")}:00.000Z`;

/** Puts a trace into a project, begun at a minute of one hour, and returns its id. */
async function fail(
	tenant: TestTenant,
	projectId: string,
	{ error, at, id = randomUUID() }: { error: string | null; at: number; id?: string },
): Promise<string> {
	const startedAt = new Date(minute(at));
	await api.orm.insert(traces).values({ id, tenantId: tenant.id, projectId, error, startedAt });
	return id;
}

async function clusters(tenant: TestTenant, query = "", role: "owner" | "member" | "viewer" = "viewer") {
	const { status, body } = await api.ask("GET", `${path}${query}`, { as: tenant[role] });
	expect(status).toBe(200);
	expect(failureClusterListSchema.safeParse(body).success).toBe(true);
	return body.clusters;
}

describe("the clusters of failures", () => {
	test("group the traces with an error by its text, the most frequent first, then the newest", async () => {
		const tenant = await api.makeTenant();
		const projectId = await insertProject(api, tenant.id);
		const old = await fail(tenant, projectId, { error: "old", at: 1 });
		const twice = [
			await fail(tenant, projectId, { error: "twice", at: 2 }),
			await fail(tenant, projectId, { error: "twice", at: 4 }),
		];
		const young = await fail(tenant, projectId, { error: "young", at: 3 });
		const other = await fail(tenant, projectId, { error: "Twice", at: 0 });
		await fail(tenant, projectId, { error: null, at: 5 });
		expect(await clusters(tenant)).toEqual([
			{
				error_message: "twice",
				count: 2,
				first_seen: minute(2),
				last_seen: minute(4),
				sample_ids: twice.toReversed(),
			},
			{ error_message: "young", count: 1, first_seen: minute(3), last_seen: minute(3), sample_ids: [young] },
			{ error_message: "old", count: 1, first_seen: minute(1), last_seen: minute(1), sample_ids: [old] },
			{ error_message: "Twice", count: 1, first_seen: minute(0), last_seen: minute(0), sample_ids: [other] },
		]);
	});

	test("name the five newest traces of each, by id within one millisecond", async () => {
		const tenant = await api.makeTenant();
		const projectId = await insertProject(api, tenant.id);
		const newest = await fail(tenant, projectId, { error: "many", at: 9 });
		const sameMoment = [];
		for (let number = 0; number < 6; number += 1) {
			sameMoment.push(await fail(tenant, projectId, { error: "many", at: 8 }));
		}
		const [cluster] = await clusters(tenant);
		expect(cluster.count).toBe(7);
		expect(cluster.sample_ids).toEqual([newest, ...sameMoment.sort().reverse().slice(0, 4)]);
	});

	test("are of one project when asked, and of a time from which the end is left out", async () => {
		const tenant = await api.makeTenant();
		const [projectId, otherId] = [await insertProject(api, tenant.id), await insertProject(api, tenant.id)];
		for (const at of [1, 2, 3]) await fail(tenant, projectId, { error: "a", at });
		await fail(tenant, otherId, { error: "b", at: 2 });
		const counted = async (query: string) =>
			(await clusters(tenant, query)).map((one: { error_message: string; count: number }) => [
				one.error_message,
				one.count,
			]);
		expect(await counted(`?project_id=${projectId}`)).toEqual([["a", 3]]);
		expect(await counted(`?from=${minute(2)}`)).toEqual([
			["a", 2],
			["b", 1],
		]);
		expect(await counted(`?to=${minute(2)}`)).toEqual([["a", 1]]);
		expect(await counted(`?from=${minute(2)}&to=${minute(3)}&project_id=${projectId}`)).toEqual([["a", 1]]);
		expect(await counted(`?from=${minute(3)}&to=${minute(2)}`)).toEqual([]);
		expect(await counted(`?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.${"9".repeat(200)}Z`)).toEqual([
			["a", 3],
			["b", 1],
		]);
	});

	test("are at most 200", async () => {
		const tenant = await api.makeTenant();
		const projectId = await insertProject(api, tenant.id);
		await fail(tenant, projectId, { error: "error 250", at: 1 });
		await api.orm.execute(sql`
			insert into traces (id, tenant_id, project_id, error, started_at)
			select gen_random_uuid(), ${tenant.id}, ${projectId}, 'error ' || number, '2026-11-01T09:00:00Z'
			from generate_series(1, 250) as number
		`);
		const found = await clusters(tenant);
		expect(found).toHaveLength(200);
		expect(found[0]).toMatchObject({ error_message: "error 250", count: 2 });
	});

	test("hold nothing of another tenant, also when its project is named", async () => {
		const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
		const projectId = await insertProject(api, tenant.id);
		await fail(tenant, projectId, { error: "theirs", at: 1 });
		expect(await clusters(stranger)).toEqual([]);
		for (const id of [projectId, randomUUID()]) {
			expect(await clusters(stranger, `?project_id=${id}`)).toEqual([]);
		}
	});

	test.each(["owner", "member", "viewer"] as const)("are open to a %s", async (role) => {
		expect(await clusters(await api.makeTenant(), "", role)).toEqual([]);
	});

	test("are not open to somebody who is not signed in", async () => {
		expect((await api.ask("GET", path)).status).toBe(401);
	});

	test.each([
		["project_id=x", "project_id"],
		["project_id=", "project_id"],
		["from=yesterday", "from"],
		["from=2026-11-01", "from"],
		["from=2026-02-30T00:00:00Z", "from"],
		["from=0000-01-01T00:00:00Z", "from"],
		["to=2026-11-01T10:00:00%2B01:00", "to"],
		["to=10000-01-01T00:00:00Z", "to"],
		["to=", "to"],
		["from=2026-11-01T10:00:00Z&from=2026-11-01T10:00:00Z", "from"],
	])("refuse ?%s", async (query, field) => {
		const tenant = await api.makeTenant();
		const { status, body } = await api.ask("GET", `${path}?${query}`, { as: tenant.owner });
		expect([status, body.code]).toEqual([400, "invalid_request"]);
		expect(body.fields).toMatchObject([{ path: field }]);
	});
});
