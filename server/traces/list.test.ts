import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tracePageSchema } from "@/lib/contract/trace";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertProject, insertTrace } from "@/test/rows";
import { tenantRole } from "../db/database";
import { traces } from "../db/schema";
import { selectTraces } from "./list";

const error = "names a clause that the contract does not have";
let api: TestApi;
let tenant: TestTenant;
let projectId: string;
let otherProjectId: string;
/** Newest first; the last four are of one millisecond, and so ordered by id. */
let ids: string[];
const failed: string[] = [];
const ofProject: string[] = [];

beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
	projectId = await insertProject(api, tenant.id);
	otherProjectId = await insertProject(api, tenant.id);
	const insert = async (parts: { projectId: string; error?: string }) => {
		const id = randomUUID();
		await api.orm.insert(traces).values({ ...parts, id, tenantId: tenant.id, startedAt: api.clock() });
		if (parts.error !== undefined) failed.push(id);
		if (parts.projectId === projectId) ofProject.push(id);
		return id;
	};
	const sameMoment = [];
	for (const one of [undefined, error, undefined, error]) {
		sameMoment.push(
			await insert({ projectId: otherProjectId, ...(one === undefined ? {} : { error: one }) }),
		);
	}
	ids = sameMoment.sort().reverse();
	for (const one of [undefined, error, undefined]) {
		api.pass(1_000);
		ids.unshift(await insert({ projectId, ...(one === undefined ? {} : { error: one }) }));
	}
});
afterAll(() => api.close());

const inOrder = (some: readonly string[]) => ids.filter((id) => some.includes(id));

async function listed(query: string, as: Parameters<TestApi["ask"]>[2] = { as: tenant.owner }) {
	const answer = await api.ask("GET", `/v1/traces${query}`, as);
	expect(answer.status).toBe(200);
	return answer.body;
}

/** Follows the cursors to the end and returns the ids of every page. */
async function paged(query: string): Promise<string[][]> {
	const pages: string[][] = [];
	let cursor = "";
	do {
		const page = await listed(`?${query}${cursor}`);
		pages.push(page.traces.map(({ id }: { id: string }) => id));
		expect(page.has_more).toBe(page.next_cursor !== undefined);
		cursor = page.has_more ? `&cursor=${page.next_cursor}` : "";
	} while (cursor !== "");
	return pages;
}

describe("the list of traces", () => {
	test("is newest first, by id within one millisecond, each trace once over all pages", async () => {
		expect(await paged("")).toEqual([ids]);
		expect(await paged("limit=7")).toEqual([ids]);
		expect(await paged("limit=3")).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)]);
		expect((await paged("limit=1")).flat()).toEqual(ids);
	});

	test("filters by project and by error, alone, together and across pages", async () => {
		const fine = ids.filter((id) => !failed.includes(id));
		expect((await paged(`limit=2&project_id=${projectId}`)).flat()).toEqual(inOrder(ofProject));
		expect((await paged("limit=2&error=true")).flat()).toEqual(inOrder(failed));
		expect((await paged("limit=2&error=false")).flat()).toEqual(inOrder(fine));
		expect((await paged(`limit=1&error=false&project_id=${projectId}`)).flat()).toEqual(
			inOrder(ofProject.filter((id) => fine.includes(id))),
		);
		expect(await listed(`?project_id=${randomUUID()}`)).toEqual({ traces: [], has_more: false });
	});

	test("goes on where it was, also when newer traces have come meanwhile", async () => {
		const first = await listed(`?limit=2&project_id=${otherProjectId}`);
		api.pass(1_000);
		const added = await insertTrace(api, tenant.id, otherProjectId);
		const second = await listed(`?limit=2&project_id=${otherProjectId}&cursor=${first.next_cursor}`);
		expect([...first.traces, ...second.traces].map(({ id }: { id: string }) => id)).toEqual(ids.slice(3));
		expect(second.has_more).toBe(false);
		await api.orm.execute(sql`delete from spans where trace_id = ${added}`);
		await api.orm.execute(sql`delete from traces where id = ${added}`);
	});

	test("answers a trace as it is alone, without its spans", async () => {
		const other = await api.makeTenant();
		const id = await insertTrace(api, other.id, await insertProject(api, other.id));
		const page = await listed("", { as: other.viewer });
		const { spans, ...alone } = (await api.ask("GET", `/v1/traces/${id}`, { as: other.viewer })).body;
		expect(spans).toHaveLength(2);
		expect(page).toEqual({ traces: [alone], has_more: false });
		expect(tracePageSchema.safeParse(page).success).toBe(true);
	});

	test("holds nothing of another tenant, also when its project or its cursor is named", async () => {
		const stranger = await api.makeTenant();
		const { next_cursor } = await listed("?limit=2");
		expect(await listed("", { as: stranger.owner })).toEqual({ traces: [], has_more: false });
		expect(await listed(`?project_id=${projectId}`, { as: stranger.owner })).toEqual({
			traces: [],
			has_more: false,
		});
		const answer = await api.ask("GET", `/v1/traces?cursor=${next_cursor}`, { as: stranger.owner });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
	});

	test("refuses a cursor that was given out under other filters, and takes it with another limit", async () => {
		const filters = ["", `project_id=${projectId}`, "error=true", "error=false"];
		for (const filter of filters) {
			const { next_cursor } = await listed(`?limit=1&${filter}`);
			for (const other of filters) {
				const { status } = await api.ask("GET", `/v1/traces?limit=2&${other}&cursor=${next_cursor}`, {
					as: tenant.owner,
				});
				expect([filter, other, status]).toEqual([filter, other, other === filter ? 200 : 400]);
			}
		}
	});

	test.each(["owner", "member", "viewer"] as const)("is open to a %s", async (role) => {
		expect((await listed("", { as: tenant[role] })).traces).toHaveLength(7);
	});

	test("is not open to somebody who is not signed in", async () => {
		expect((await api.ask("GET", "/v1/traces")).status).toBe(401);
	});

	test.each([
		["limit=0", "limit"],
		["limit=101", "limit"],
		["limit=1.0", "limit"],
		["limit=", "limit"],
		["error=yes", "error"],
		["error=", "error"],
		["project_id=1", "project_id"],
		["project_id=6F1D1C1E-0C9B-4F0E-9C55-3A1D2F7B8E64", "project_id"],
		["cursor=", "cursor"],
		["cursor=abc", "cursor"],
		[`cursor=${"a".repeat(501)}`, "cursor"],
		["limit=1&limit=2", "limit"],
	])("refuses ?%s", async (query, path) => {
		const { status, body } = await api.ask("GET", `/v1/traces?${query}`, { as: tenant.owner });
		expect([status, body.code]).toEqual([400, "invalid_request"]);
		expect(body.fields).toMatchObject([{ path }]);
	});

	test.each([
		["of the tenant", "traces_by_age", false],
		["of a project", "traces_by_project", true],
	])(
		"%s is read from its index at the place of the cursor, without sorting, by a tenant too",
		async (_name, index, isOfProject) => {
			const plans: string[] = [];
			const place = ["2026-11-22T10:00:01.000Z", ids[3] ?? ""];
			// A table of seven rows would be read by any index, or by none: only these are left to the planner.
			const undone = api.orm.transaction(async (tx) => {
				for (const text of [
					"set local enable_seqscan = off",
					"set local enable_bitmapscan = off",
					"alter table traces drop constraint traces_tenant_project_id cascade",
					`drop index traces_failed, ${isOfProject ? "traces_by_age" : "traces_by_project"}`,
					`set local role ${tenantRole}`,
					`select set_config('countersign.tenant_id', '${tenant.id}', true)`,
				]) {
					await tx.execute(sql.raw(text));
				}
				for (const filter of [undefined, "true", "false"] as const) {
					const query = { error: filter, ...(isOfProject ? { project_id: projectId } : {}) };
					const page = selectTraces(tx, tenant.id, query, place).limit(51);
					plans.push(JSON.stringify(await tx.execute(sql`explain ${page.getSQL()}`)));
				}
				tx.rollback();
			});
			await expect(undone).rejects.toThrow("Rollback");
			expect(plans).toHaveLength(3);
			for (const plan of plans) {
				expect(plan).toContain(`Index Scan using ${index}`);
				expect(plan).toMatch(/Index Cond: [^"]*ROW\(started_at, id\) < ROW\(/);
				expect(plan).not.toContain("Sort");
			}
		},
	);
});
