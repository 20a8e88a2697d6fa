import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertDeployment, insertProject, insertTrace } from "@/test/rows";
import { tenantRole } from "../db/database";
import { controlActions } from "../db/schema";
import { selectActions } from "./list";

const path = "/v1/control/actions";
let api: TestApi;
let tenant: TestTenant;
let projectId: string;
let otherProjectId: string;
let traceId: string;
let deploymentId: string;
/** Newest first; the last three are of one millisecond, and so ordered by id. */
let rows: Row[];

interface Row {
	id: string;
	projectId: string;
	status: "pending" | "pending_approval" | "executed" | "failed";
	actionType: "retry" | "fallback_model" | "escalate";
	traceId?: string;
	deploymentId?: string;
}

beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
	projectId = await insertProject(api, tenant.id);
	otherProjectId = await insertProject(api, tenant.id);
	traceId = await insertTrace(api, tenant.id, projectId);
	deploymentId = await insertDeployment(api, tenant.id, { projectId });
	const insert = async (row: Omit<Row, "id">): Promise<Row> => {
		const made = { ...row, id: randomUUID() };
		const now = api.clock();
		await api.orm
			.insert(controlActions)
			.values({ ...made, tenantId: tenant.id, createdAt: now, updatedAt: now });
		return made;
	};
	const here = { projectId, traceId };
	const sameMoment = [
		await insert({ projectId: otherProjectId, status: "executed", actionType: "retry" }),
		await insert({ projectId: otherProjectId, status: "failed", actionType: "fallback_model" }),
		await insert({ projectId, status: "executed", actionType: "fallback_model", deploymentId }),
	];
	rows = sameMoment.sort((one, other) => (one.id < other.id ? 1 : -1));
	for (const row of [
		{ ...here, status: "executed", actionType: "retry" },
		{ ...here, status: "pending", actionType: "retry", deploymentId },
		{ ...here, status: "pending_approval", actionType: "escalate" },
		{ projectId: otherProjectId, status: "pending_approval", actionType: "escalate" },
	] as const) {
		api.pass(1_000);
		rows.unshift(await insert(row));
	}
});
afterAll(() => api.close());

const idsWhere = (holds: (row: Row) => boolean) => rows.filter(holds).map(({ id }) => id);

/** Follows the cursors to the end and returns the ids of every page. */
async function paged(query: string): Promise<string[][]> {
	const pages: string[][] = [];
	let cursor = "";
	do {
		const { status, body } = await api.ask("GET", `${path}?${query}${cursor}`, { as: tenant.viewer });
		expect(status).toBe(200);
		pages.push(body.actions.map(({ id }: { id: string }) => id));
		cursor = body.has_more ? `&cursor=${body.next_cursor}` : "";
	} while (cursor !== "");
	return pages;
}

describe("the list of control actions", () => {
	test("is newest first, by id within one millisecond, each action once over all pages", async () => {
		const all = idsWhere(() => true);
		expect(await paged("")).toEqual([all]);
		expect(await paged("limit=3")).toEqual([all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
	});

	test("filters by state, type and project, alone, together and across pages", async () => {
		for (const status of ["pending", "pending_approval", "executed", "failed"] as const) {
			const wanted = idsWhere((row) => row.status === status);
			expect((await paged(`limit=1&status=${status}`)).flat()).toEqual(wanted);
		}
		expect((await paged("limit=2&action_type=retry")).flat()).toEqual(
			idsWhere(({ actionType }) => actionType === "retry"),
		);
		expect((await paged(`limit=2&project_id=${otherProjectId}`)).flat()).toEqual(
			idsWhere((row) => row.projectId === otherProjectId),
		);
		expect(await paged(`status=executed&action_type=fallback_model&project_id=${projectId}`)).toEqual([
			idsWhere((row) => row.deploymentId === deploymentId && row.status === "executed"),
		]);
		expect((await paged(`limit=1&trace_id=${traceId}&status=pending`)).flat()).toEqual(
			idsWhere((row) => row.traceId === traceId && row.status === "pending"),
		);
		expect(await paged("action_type=agent_action")).toEqual([[]]);
		expect(await paged(`project_id=${randomUUID()}`)).toEqual([[]]);
	});

	test("holds nothing of another tenant, also when its project is named", async () => {
		const stranger = await api.makeTenant();
		for (const query of ["", "status=executed", `project_id=${projectId}`, `trace_id=${traceId}`]) {
			const { body } = await api.ask("GET", `${path}?${query}`, { as: stranger.owner });
			expect(body).toEqual({ actions: [], has_more: false });
		}
	});

	test("refuses a cursor that was given out under other filters, and takes it with another limit", async () => {
		const filters = [
			"",
			"status=executed",
			"action_type=retry",
			`project_id=${projectId}`,
			`trace_id=${traceId}`,
		];
		for (const filter of filters) {
			const first = await api.ask("GET", `${path}?limit=1&${filter}`, { as: tenant.member });
			for (const other of filters) {
				const asked = `${path}?limit=2&${other}&cursor=${first.body.next_cursor}`;
				const { status } = await api.ask("GET", asked, { as: tenant.member });
				expect([filter, other, status]).toEqual([filter, other, other === filter ? 200 : 400]);
			}
		}
	});

	test.each([
		["status=done", "status"],
		["status=", "status"],
		["action_type=block", "action_type"],
		["project_id=1", "project_id"],
		["status=failed&status=failed", "status"],
	])("refuses ?%s", async (query, field) => {
		const { status, body } = await api.ask("GET", `${path}?${query}`, { as: tenant.owner });
		expect([status, body.code]).toEqual([400, "invalid_request"]);
		expect(body.fields).toMatchObject([{ path: field }]);
	});
});

test.each([
	["in any state", "control_actions_by_age", {}],
	["of a project", "control_actions_by_age", { project: true }],
	["of a trace", "control_actions_by_trace", { trace: true }],
	["of a deployment", "control_actions_by_deployment", { deployment: true }],
	["that waits for approval", "control_actions_unsettled", { status: "pending_approval" as const }],
])(
	"what is listed %s is read from %s at the place of the cursor, without sorting",
	async (_name, index, only) => {
		const place = ["2026-11-22T10:00:02.000Z", rows[3]?.id ?? ""];
		const others = ["by_age", "by_trace", "by_deployment", "unsettled"]
			.map((name) => `control_actions_${name}`)
			.filter((name) => name !== index);
		let plan = "";
		// A table of seven rows would be read by any index, or by none: only one is left to the planner.
		const undone = api.orm.transaction(async (tx) => {
			for (const text of [
				"set local enable_seqscan = off",
				"set local enable_bitmapscan = off",
				"set local enable_sort = off",
				`drop index ${others.join(", ")}`,
				`set local role ${tenantRole}`,
				`select set_config('countersign.tenant_id', '${tenant.id}', true)`,
			]) {
				await tx.execute(sql.raw(text));
			}
			const filters = {
				...("project" in only ? { project_id: projectId } : {}),
				...("trace" in only ? { trace_id: traceId } : {}),
				...("deployment" in only ? { deployment_id: deploymentId } : {}),
				...("status" in only ? { status: only.status } : {}),
			};
			const page = selectActions(tx, tenant.id, filters, place).limit(51);
			plan = JSON.stringify(await tx.execute(sql`explain ${page.getSQL()}`));
			tx.rollback();
		});
		await expect(undone).rejects.toThrow("Rollback");
		expect(plan).toMatch(new RegExp(`Index Scan (Backward )?using ${index}`));
		expect(plan).toMatch(/Index Cond: [^"]*ROW\(created_at, id\) < ROW\(/);
		expect(plan).not.toContain("Sort");
	},
);
