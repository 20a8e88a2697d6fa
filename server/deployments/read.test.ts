import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentPageSchema, promisedDeploymentSchema } from "@/lib/contract/deployment";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertDeployment, insertProject } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";

const path = "/v1/prompts/deployments";
let api: TestApi;
let tenant: TestTenant;
let projectId: string;
/** Newest first; the last three are of one millisecond, and so ordered by id. */
let ids: string[];

beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
	projectId = await insertProject(api, tenant.id);
	const sameMoment = [];
	for (let number = 0; number < 3; number += 1) {
		sameMoment.push(await insertDeployment(api, tenant.id, { status: "proposed" }));
	}
	ids = sameMoment.sort().reverse();
	for (let number = 0; number < 4; number += 1) {
		api.pass(1_000);
		ids.unshift(await insertDeployment(api, tenant.id, { status: "ab_passed", projectId }));
	}
});
afterAll(() => api.close());

async function listed(query: string, as = tenant.owner) {
	const answer = await api.ask("GET", `${path}${query}`, { as });
	expect(answer.status).toBe(200);
	return answer.body;
}

describe("the list", () => {
	test("is newest first, by id within one millisecond, the same on every page", async () => {
		const whole = await listed("");
		expect(whole).toMatchObject({ total: 7, limit: 50, offset: 0 });
		expect(whole.items.map(({ id }: { id: string }) => id)).toEqual(ids);
		const paged: string[] = [];
		for (let offset = 0; offset < 8; offset += 3) {
			const page = await listed(`?limit=3&offset=${offset}`);
			expect(page).toMatchObject({ total: 7, limit: 3, offset });
			paged.push(...page.items.map(({ id }: { id: string }) => id));
		}
		expect(paged).toEqual(ids);
	});

	test("filters by status and by project", async () => {
		expect((await listed("?status=proposed")).total).toBe(3);
		expect((await listed(`?project_id=${projectId}`)).total).toBe(4);
		expect(await listed(`?project_id=${projectId}&status=proposed`)).toMatchObject({ total: 0, items: [] });
	});

	test("filters by the cluster, alone and with status and project, and counts what it leaves", async () => {
		const signature = "sha256:late & \u00fcber";
		const own = await insertProject(api, tenant.id, "Of a cluster");
		const propose = async (project: string, text: string, status = "proposed") => {
			const { body } = await api.ask("POST", path, {
				as: tenant.owner,
				body: {
					project_id: project,
					cluster_signature: signature,
					current_prompt: "You help.",
					proposed_prompt: text,
					status,
					...(status === "proposed" ? {} : { ab_report: {} }),
				},
			});
			api.pass(1_000);
			return body.id as string;
		};
		const made = [
			await propose(own, "A"),
			await propose(projectId, "B"),
			await propose(own, "C", "ab_failed"),
		];
		const cluster = `cluster_signature=${encodeURIComponent(signature)}`;
		const found = async (query: string) => {
			const { items, total } = await listed(`?${cluster}${query}`);
			return { ids: items.map(({ id }: { id: string }) => id), total };
		};
		const [first, second, third] = made;
		expect(await found("")).toEqual({ ids: [third, second, first], total: 3 });
		expect(await found("&limit=1&offset=1")).toEqual({ ids: [second], total: 3 });
		expect(await found("&limit=1&offset=3")).toEqual({ ids: [], total: 3 });
		expect(await found(`&project_id=${own}`)).toEqual({ ids: [third, first], total: 2 });
		expect(await found("&status=proposed")).toEqual({ ids: [second, first], total: 2 });
		expect(await found(`&status=ab_failed&project_id=${own}&fields=summary`)).toEqual({
			ids: [third],
			total: 1,
		});
		expect(await found("&status=rejected")).toEqual({ ids: [], total: 0 });
		expect(await listed("?cluster_signature=sha256:late")).toMatchObject({ items: [], total: 0 });
		const stranger = await api.makeTenant();
		expect(await listed(`?${cluster}`, stranger.owner)).toMatchObject({ items: [], total: 0 });
		await api.orm.execute(sql`delete from deployments where cluster_signature = ${signature}`);
	});

	test.each([
		["an empty one", ""],
		["one of 501 characters", "x".repeat(501)],
		["one with U+0000", "sha256:%00"],
	])("refuses as a cluster %s", async (_name, signature) => {
		const answer = await api.ask("GET", `${path}?cluster_signature=${signature}`, { as: tenant.owner });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
	});

	test("leaves both prompts out when asked, and holds them otherwise", async () => {
		for (const item of (await listed("?fields=summary")).items) {
			expect(item).not.toHaveProperty("current_prompt");
			expect(item).not.toHaveProperty("proposed_prompt");
		}
		for (const item of (await listed("")).items) {
			expect(promisedDeploymentSchema.safeParse(item).success).toBe(true);
		}
		expect(deploymentPageSchema.safeParse(await listed("?fields=summary")).success).toBe(true);
	});

	test("leaves both prompts out of one deployment when asked, and the tag that is made over them", async () => {
		const [{ id }] = (await listed("?fields=summary&limit=1")).items;
		const whole = await api.ask("GET", `${path}/${id}`, { as: tenant.owner });
		const summary = await api.ask("GET", `${path}/${id}?fields=summary`, { as: tenant.owner });
		const { current_prompt, proposed_prompt, ...others } = whole.body;
		expect([typeof current_prompt, typeof proposed_prompt]).toEqual(["string", "string"]);
		expect(summary.body).toEqual(others);
		expect([whole.headers.has("ETag"), summary.headers.has("ETag")]).toEqual([true, false]);
		const other = await api.ask("GET", `${path}/${id}?fields=prompts`, { as: tenant.owner });
		expect([other.status, other.body.code]).toEqual([400, "invalid_request"]);
		const stranger = await api.makeTenant();
		const hidden = await api.ask("GET", `${path}/${id}?fields=summary`, { as: stranger.owner });
		expect([hidden.status, hidden.body.code]).toEqual([404, "not_found"]);
	});

	test("takes the greatest offset there is", async () => {
		expect((await listed("?offset=9007199254740991")).items).toEqual([]);
	});

	test("holds nothing of another tenant, also when its project is named", async () => {
		const stranger = await api.makeTenant();
		expect(await listed("", stranger.owner)).toMatchObject({ total: 0, items: [] });
		expect(await listed(`?project_id=${projectId}`, stranger.owner)).toMatchObject({ total: 0, items: [] });
	});

	test.each(["owner", "member", "viewer"] as const)("is open to a %s", async (role) => {
		expect((await api.ask("GET", path, { as: tenant[role] })).status).toBe(200);
	});

	test.each([
		["with a status", "status = 'ab_passed' and", "deployments_by_status"],
		["without one", "", "deployments_by_age"],
		["with a cluster", "cluster_signature = 'sha256:cluster' and", "deployments_by_cluster"],
	])("%s is read from its index, without sorting", async (_name, condition, index) => {
		let plan = "";
		const others = ["status", "age", "cluster", "project", "project_status"]
			.map((name) => `deployments_by_${name}`)
			.filter((name) => name !== index);
		// A table of seven rows would be read by any index, or by none: only this one is left to the planner.
		const undone = api.orm.transaction(async (tx) => {
			for (const text of [
				`drop index ${others}`,
				"set local enable_seqscan = off",
				"set local enable_bitmapscan = off",
			]) {
				await tx.execute(sql.raw(text));
			}
			const explained = await tx.execute(
				sql.raw(
					`explain select * from deployments where ${condition} tenant_id = '${tenant.id}' order by created_at desc, id desc limit 50`,
				),
			);
			plan = JSON.stringify(explained);
			tx.rollback();
		});
		await expect(undone).rejects.toThrow("Rollback");
		expect(plan).toContain(index);
		expect(plan).not.toContain("Sort");
	});
});

describe("one deployment", () => {
	test("is answered with its prompts, in RFC 3339 and UTC", async () => {
		const { status, body } = await api.ask("GET", `${path}/${ids[0]}`, { as: tenant.viewer });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			id: ids[0],
			tenant_id: tenant.id,
			project_id: projectId,
			current_prompt: "You help.",
			rejection_reason: "",
			ab_report: null,
		});
		expect(body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(body).not.toHaveProperty("rationale");
	});

	test("of another tenant is as absent as one that never was", async () => {
		const stranger = await api.makeTenant();
		await expectInvisible(api, tenant.id, ids.slice(0, 2), (id) => ({
			method: "GET",
			path: `${path}/${id}`,
			asked: { as: stranger.owner },
		}));
	});
});
