import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { auditTrail, decisionTrail, everything, insertProject, insertTrace } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";
import type { Executor } from "./executor";

const path = "/v1/control/execute";
let execute: Executor["execute"];
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi({ executor: { name: "test", execute: (action) => execute(action) } });
});
beforeEach(() => {
	execute = async () => ({ status: "executed", result: { ran: true } });
});
afterAll(() => api.close());

async function makeProject() {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	return { tenant, projectId, body: { project_id: projectId, action_type: "retry" } };
}

describe("executing a control action", () => {
	test("stores it, runs it, stores how it ended, and tells the audit log both", async () => {
		const { tenant, projectId } = await makeProject();
		const trace_id = await insertTrace(api, tenant.id, projectId);
		const seen: unknown[] = [];
		execute = async (action) => {
			const during = await api.ask("GET", "/v1/control/actions", { as: tenant.viewer });
			seen.push(action.status, during.body.actions[0].status);
			api.pass(2_000);
			return { status: "executed", result: { attempts: 1 } };
		};
		const createdAt = api.clock().toISOString();
		const body = { project_id: projectId, action_type: "retry", trace_id, payload: { span: "answer" } };
		const answer = await api.ask("POST", path, { as: tenant.owner, body });
		expect(answer.status).toBe(201);
		expect(answer.body).toMatchObject({
			...body,
			tenant_id: tenant.id,
			status: "executed",
			result: { attempts: 1 },
			created_at: createdAt,
			executed_at: api.clock().toISOString(),
		});
		expect(seen).toEqual(["pending", "pending"]);
		const id = answer.body.id;
		expect(await auditTrail(api, tenant.id)).toMatchObject([
			{ event: "control_action.requested", resourceId: id, actorId: "user_owner" },
			{ event: "control_action.executed", resourceId: id, metadata: { executor: "test" } },
		]);
		expect(await decisionTrail(api, tenant.id)).toMatchObject([
			{ subjectKind: "control_action", subjectId: id, decision: "execute", toStatus: "pending" },
		]);
	});

	test("the executor runs outside any transaction: others read and write meanwhile", async () => {
		const { tenant, body } = await makeProject();
		execute = async () => {
			const write = await api.ask("POST", "/v1/projects", { as: tenant.owner, body: { name: "Meanwhile" } });
			return { status: "executed", result: { write: write.status } };
		};
		expect((await api.ask("POST", path, { as: tenant.owner, body })).body.result).toEqual({ write: 201 });
	});

	test.each<[string, Executor["execute"], object]>([
		[
			"says that it failed",
			async () => ({ status: "failed", result: { error: "no" } }),
			{ status: "failed", result: { error: "no" } },
		],
		[
			"throws",
			async () => {
				throw new Error("boom \u0000");
			},
			{ status: "failed", result: { outcome: "unknown", detail: "boom " } },
		],
		[
			"answers what no database can keep",
			async () => ({ status: "executed", result: { text: "\u0000" } }),
			{ status: "executed", result: { error: expect.stringContaining("could not be kept") } },
		],
	])("an executor that %s leaves a settled action", async (_name, run, expected) => {
		const { tenant, body } = await makeProject();
		execute = run;
		const answer = await api.ask("POST", path, { as: tenant.owner, body });
		expect(answer.status).toBe(201);
		expect(answer.body).toMatchObject(expected);
		expect(await auditTrail(api, tenant.id)).toHaveLength(2);
	});

	test.each(["member", "viewer"] as const)(
		"is refused to a %s, and nothing runs or changes",
		async (role) => {
			const { tenant, body } = await makeProject();
			execute = async () => expect.unreachable();
			const before = await everything(api, tenant.id);
			const answer = await api.ask("POST", path, { as: tenant[role], body });
			expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
			expect(await everything(api, tenant.id)).toEqual(before);
		},
	);

	test("another tenant's project and trace are as absent as ones that never were", async () => {
		const [{ tenant, projectId }, stranger] = [await makeProject(), await makeProject()];
		const traceId = await insertTrace(api, tenant.id, projectId);
		execute = async () => expect.unreachable();
		for (const as of [stranger.tenant.owner, stranger.tenant.viewer]) {
			await expectInvisible(api, tenant.id, [projectId], (id) => ({
				method: "POST",
				path,
				asked: { as, body: { ...stranger.body, project_id: id } },
			}));
			await expectInvisible(api, tenant.id, [traceId], (id) => ({
				method: "POST",
				path,
				asked: { as, body: { ...stranger.body, trace_id: id } },
			}));
		}
	});

	test("a trace of another project of the tenant is 404", async () => {
		const { tenant, body } = await makeProject();
		const trace_id = await insertTrace(api, tenant.id, await insertProject(api, tenant.id));
		const answer = await api.ask("POST", path, { as: tenant.owner, body: { ...body, trace_id } });
		expect(answer.status).toBe(404);
	});

	test.each<[string, object]>([
		["what only the system asks for", { action_type: "escalate" }],
		["no action", { action_type: undefined }],
		["no project", { project_id: undefined }],
		["a payload of null", { payload: null }],
		["a payload that is a list", { payload: [] }],
		["a status of its own choice", { status: "executed" }],
	])("%s is refused with 400", async (_name, more) => {
		const { tenant, body } = await makeProject();
		execute = async () => expect.unreachable();
		const answer = await api.ask("POST", path, { as: tenant.owner, body: { ...body, ...more } });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
	});

	test("without an executor it fails, and says what to set", async () => {
		const plain = await openTestApi();
		const tenant = await plain.makeTenant();
		const body = { project_id: await insertProject(plain, tenant.id), action_type: "retry" };
		const answer = await plain.ask("POST", path, { as: tenant.owner, body });
		await plain.close();
		expect(answer.status).toBe(201);
		expect(answer.body).toMatchObject({ status: "failed", executed_at: null, result: { executed: false } });
		expect(answer.body.result.error).toContain("COUNTERSIGN_EXECUTOR_WEBHOOK_URL");
	});
});

describe("the list of control actions", () => {
	test("is newest first, page by page, without gap or repeat", async () => {
		const { tenant, body } = await makeProject();
		const made: string[] = [];
		for (let number = 0; number < 7; number += 1) {
			if (number % 2 === 0) api.pass(1_000);
			made.push((await api.ask("POST", path, { as: tenant.owner, body })).body.id);
		}
		const seen: string[] = [];
		let cursor = "";
		do {
			const page = await api.ask("GET", `/v1/control/actions?limit=2${cursor}`, { as: tenant.member });
			seen.push(...page.body.actions.map(({ id }: { id: string }) => id));
			expect(page.body.has_more).toBe("next_cursor" in page.body);
			cursor = page.body.has_more ? `&cursor=${page.body.next_cursor}` : "";
		} while (cursor !== "");
		expect([...seen].sort()).toEqual([...made].sort());
		const whole = await api.ask("GET", "/v1/control/actions", { as: tenant.viewer });
		expect(whole.body.actions.map(({ id }: { id: string }) => id)).toEqual(seen);
	});

	test("filters by trace, and holds nothing of another tenant", async () => {
		const { tenant, projectId, body } = await makeProject();
		const trace_id = await insertTrace(api, tenant.id, projectId);
		const { body: withTrace } = await api.ask("POST", path, {
			as: tenant.owner,
			body: { ...body, trace_id },
		});
		await api.ask("POST", path, { as: tenant.owner, body });
		const filtered = await api.ask("GET", `/v1/control/actions?trace_id=${trace_id}`, { as: tenant.owner });
		expect(filtered.body).toEqual({ actions: [withTrace], has_more: false });
		const stranger = await api.makeTenant();
		for (const query of ["", `?trace_id=${trace_id}`]) {
			const foreign = await api.ask("GET", `/v1/control/actions${query}`, { as: stranger.owner });
			expect(foreign.body).toEqual({ actions: [], has_more: false });
		}
	});

	test("refuses a cursor that it did not give out: garbage, cut, edited, of another tenant or list", async () => {
		const { tenant, body } = await makeProject();
		for (let number = 0; number < 2; number += 1) await api.ask("POST", path, { as: tenant.owner, body });
		const page = await api.ask("GET", "/v1/control/actions?limit=1", { as: tenant.owner });
		const cursor: string = page.body.next_cursor;
		const place = Buffer.from(cursor, "base64url").toString();
		const edited = Buffer.from(place.slice(0, -1) + (place.endsWith("0") ? "1" : "0")).toString("base64url");
		for (const wrong of ["x", "%00", cursor.slice(0, -2), `${cursor}=`, edited, randomUUID()]) {
			const answer = await api.ask("GET", `/v1/control/actions?cursor=${wrong}`, { as: tenant.owner });
			expect([wrong, answer.status]).toEqual([wrong, 400]);
		}
		const stranger = await api.makeTenant();
		const foreign = await api.ask("GET", `/v1/control/actions?cursor=${cursor}`, { as: stranger.owner });
		expect(foreign.status).toBe(400);
		const otherList = await api.ask("GET", `/v1/audit-log?cursor=${cursor}`, { as: tenant.owner });
		expect(otherList.status).toBe(400);
	});
});
