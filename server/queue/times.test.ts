import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentStatuses } from "@/lib/contract/deployment-status";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertDeployment, insertProject } from "@/test/rows";

const hour = 3_600_000;
let api: TestApi;
let tenant: TestTenant;
let projectId: string;
beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
	projectId = await insertProject(api, tenant.id);
});
afterAll(() => api.close());

const ago = (hours: number) => new Date(api.clock().getTime() - hours * hour);

async function times(query = "", as = tenant.owner) {
	const answer = await api.ask("GET", `/v1/prompts/queue/times${query}`, { as });
	expect(answer.status).toBe(200);
	return answer.body;
}

async function statusSince(id: string): Promise<string> {
	const { body } = await api.ask("GET", `/v1/prompts/queue/rows?ids=${id}`, { as: tenant.owner });
	return body.items[0].status_since;
}

describe("status_since", () => {
	test.each([
		["proposed", 1],
		["ab_failed", 1],
		["regressed", 1],
		["rejected", 1],
		["shipped", 2],
		["monitoring", 2],
		["rolled_back", 3],
	] as const)(
		"of a row that is put in as %s is the moment that the row itself gives for it",
		async (status, hours) => {
			const dates = { createdAt: ago(9), updatedAt: ago(1), shippedAt: ago(2), rolledBackAt: ago(3) };
			const id = await insertDeployment(api, tenant.id, { ...dates, status, projectId });
			expect(await statusSince(id)).toBe(ago(hours).toISOString());
		},
	);

	test("moves with a decision, and with nothing else", async () => {
		const id = await insertDeployment(api, tenant.id, { status: "proposed", projectId, createdAt: ago(5) });
		await api.orm.execute(sql`
			update deployments set regression_metric = 1, updated_at = ${ago(1).toISOString()}, status = 'proposed' where id = ${id}
		`);
		expect(await statusSince(id)).toBe(ago(5).toISOString());
		await api.ask("POST", `/v1/prompts/deployments/${id}/approve`, { as: tenant.owner });
		expect(await statusSince(id)).toBe(api.clock().toISOString());
	});

	test("of a restored row is its own", async () => {
		const id = await insertDeployment(api, tenant.id, { statusSince: ago(7), projectId });
		expect(await statusSince(id)).toBe(ago(7).toISOString());
	});
});

describe("the times", () => {
	test("are those of the rows: total, the oldest, and the earlier one of the middle", async () => {
		const other = await api.makeTenant();
		const projects = [await insertProject(api, other.id), await insertProject(api, other.id)];
		const add = (status: "proposed" | "regressed", hours: number, project: number) =>
			insertDeployment(api, other.id, { status, createdAt: ago(hours), projectId: projects[project] });
		for (const [index, hours] of [5, 3, 9, 1].entries()) await add("proposed", hours, index % 2);
		for (const hours of [2, 8, 4]) await add("regressed", hours, 0);
		const told = async (query = "") => {
			const { waiting } = await times(query, other.owner);
			expect(waiting.map(({ status }: { status: string }) => status)).toEqual(deploymentStatuses);
			return waiting.filter(({ total }: { total: number }) => total > 0);
		};
		const of = (status: string, total: number, oldest: number, median: number) => ({
			status,
			total,
			oldest_since: ago(oldest).toISOString(),
			median_since: ago(median).toISOString(),
		});
		expect(await told()).toEqual([of("proposed", 4, 9, 5), of("regressed", 3, 8, 4)]);
		expect(await told(`?project_id=${projects[1]}`)).toEqual([of("proposed", 2, 3, 3)]);
	});

	test("of a state without rows are null, and of another tenant's project there are none", async () => {
		const { waiting, decisions } = await times(`?project_id=${projectId}`, (await api.makeTenant()).owner);
		expect(waiting).toEqual(
			deploymentStatuses.map((status) => ({ status, total: 0, oldest_since: null, median_since: null })),
		);
		expect(decisions).toEqual({ days: 30, count: 0, median_seconds: null });
	});

	test("to decision count what people approve and reject within 30 days, from when it could be decided", async () => {
		const world = await api.makeTenant();
		const [one, two] = [await insertProject(api, world.id), await insertProject(api, world.id)];
		const key = await api.ask("POST", "/v1/apikeys", { as: world.owner, body: { name: "k", role: "owner" } });
		const decide = async (
			decision: string,
			hours: number,
			project: string,
			headers?: Record<string, string>,
		) => {
			const status = decision === "rollback" ? "regressed" : "ab_passed";
			const id = await insertDeployment(api, world.id, {
				status,
				projectId: project,
				createdAt: ago(hours + 90),
				statusSince: ago(hours),
			});
			const asked = headers === undefined ? { as: world.owner } : { headers };
			const answer = await api.ask("POST", `/v1/prompts/deployments/${id}/${decision}`, asked);
			expect(answer.status).toBe(200);
			return id;
		};
		await decide("reject", 70, one);
		api.pass(31 * 24 * hour);
		await decide("approve", 1, one);
		await decide("reject", 3, one);
		await decide("approve", 4, two);
		await decide("rollback", 50, one);
		await decide("approve", 60, one, { Authorization: `Bearer ${key.body.key}` });
		const told = async (query = "") => (await times(query, world.owner)).decisions;
		expect(await told()).toEqual({ days: 30, count: 3, median_seconds: 3 * 3_600 });
		expect(await told(`?project_id=${one}`)).toEqual({ days: 30, count: 2, median_seconds: 2 * 3_600 });
		// As those are that were taken before this was kept.
		await api.orm.execute(sql`update decisions set decidable_since = null where tenant_id = ${world.id}`);
		expect(await told()).toEqual({ days: 30, count: 0, median_seconds: null });
	});
});
