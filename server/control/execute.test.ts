import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import {
	auditTrail,
	decisionTrail,
	everything,
	insertDeployment,
	insertProject,
	insertTrace,
} from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";
import { controlActions } from "../db/schema";
import type { Executor } from "./executor";

const path = "/v1/control/execute";
let execute: Executor["execute"];
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi({ executor: { name: "test", execute: (...told) => execute(...told) } });
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

	test("from a deployment's page, the deployment is stored, answered, and told to executor and audit log", async () => {
		const { tenant, projectId, body } = await makeProject();
		const deployment_id = await insertDeployment(api, tenant.id, { projectId });
		const told: unknown[] = [];
		execute = async (action) => {
			told.push(action.deployment_id);
			return { status: "executed", result: {} };
		};
		const answer = await api.ask("POST", path, { as: tenant.owner, body: { ...body, deployment_id } });
		expect([answer.status, answer.body.deployment_id, told]).toEqual([201, deployment_id, [deployment_id]]);
		const one = await api.ask("GET", `/v1/control/actions/${answer.body.id}`, { as: tenant.viewer });
		expect(one.body).toEqual(answer.body);
		expect((await auditTrail(api, tenant.id))[0]).toMatchObject({
			event: "control_action.requested",
			metadata: { deployment_id },
		});
		const without = await api.ask("POST", path, { as: tenant.owner, body });
		expect([without.status, without.body.deployment_id]).toEqual([201, null]);
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

	test("another tenant's project, trace and deployment are as absent as ones that never were", async () => {
		const [{ tenant, projectId }, stranger] = [await makeProject(), await makeProject()];
		const traceId = await insertTrace(api, tenant.id, projectId);
		const deploymentId = await insertDeployment(api, tenant.id, { projectId });
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
			await expectInvisible(api, tenant.id, [deploymentId], (id) => ({
				method: "POST",
				path,
				asked: { as, body: { ...stranger.body, deployment_id: id } },
			}));
		}
	});

	test("a trace of another project of the tenant is 404", async () => {
		const { tenant, body } = await makeProject();
		const trace_id = await insertTrace(api, tenant.id, await insertProject(api, tenant.id));
		const answer = await api.ask("POST", path, { as: tenant.owner, body: { ...body, trace_id } });
		expect(answer.status).toBe(404);
	});

	test("a deployment of another project of the tenant is 404, and the database would not keep it either", async () => {
		const { tenant, projectId, body } = await makeProject();
		const deployment_id = await insertDeployment(api, tenant.id);
		execute = async () => expect.unreachable();
		const before = await everything(api, tenant.id);
		const answer = await api.ask("POST", path, { as: tenant.owner, body: { ...body, deployment_id } });
		expect([answer.status, answer.body]).toMatchObject([404, { error: "There is no such deployment." }]);
		expect(await everything(api, tenant.id)).toEqual(before);
		const forged = api.orm.insert(controlActions).values({
			id: randomUUID(),
			tenantId: tenant.id,
			projectId,
			deploymentId: deployment_id,
			actionType: "retry",
			status: "executed",
			createdAt: api.clock(),
			updatedAt: api.clock(),
		});
		await expect(forged).rejects.toMatchObject({ cause: { constraint: "control_actions_deployment" } });
	});

	test.each<[string, object]>([
		["what only the system asks for", { action_type: "escalate" }],
		["no action", { action_type: undefined }],
		["no project", { project_id: undefined }],
		["a payload of null", { payload: null }],
		["a payload that is a list", { payload: [] }],
		["a deployment that is no id", { deployment_id: "latest" }],
		["a deployment of null", { deployment_id: null }],
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

	test("by deployment it holds its own and no other's, page by page, also together with a trace", async () => {
		const { tenant, projectId, body } = await makeProject();
		const trace_id = await insertTrace(api, tenant.id, projectId);
		const [mine, other] = [
			await insertDeployment(api, tenant.id, { projectId }),
			await insertDeployment(api, tenant.id, { projectId }),
		];
		const made: string[] = [];
		for (const more of [
			{ deployment_id: mine },
			{ deployment_id: other, trace_id },
			{},
			{ deployment_id: mine, trace_id },
			{ trace_id },
			{ deployment_id: mine },
		]) {
			api.pass(1_000);
			made.push((await api.ask("POST", path, { as: tenant.owner, body: { ...body, ...more } })).body.id);
		}
		const list = async (query: string, as: typeof tenant.owner = tenant.owner) =>
			(await api.ask("GET", `/v1/control/actions?${query}`, { as })).body;
		const idsOf = ({ actions }: { actions: { id: string }[] }) => actions.map(({ id }) => id);
		expect(idsOf(await list(`deployment_id=${mine}`))).toEqual([made[5], made[3], made[0]]);
		expect(idsOf(await list(`deployment_id=${mine}&trace_id=${trace_id}`))).toEqual([made[3]]);
		const first = await list(`deployment_id=${mine}&limit=2`);
		expect([idsOf(first), first.has_more]).toEqual([[made[5], made[3]], true]);
		const second = await list(`deployment_id=${mine}&limit=2&cursor=${first.next_cursor}`);
		expect([idsOf(second), second.has_more]).toEqual([[made[0]], false]);
		expect(idsOf(await list(`deployment_id=${randomUUID()}`))).toEqual([]);
		const stranger = await api.makeTenant();
		expect(idsOf(await list(`deployment_id=${mine}`, stranger.owner))).toEqual([]);
		const wrong = await api.ask("GET", "/v1/control/actions?deployment_id=x", { as: tenant.owner });
		expect([wrong.status, wrong.body.code]).toEqual([400, "invalid_request"]);
	});

	test("by deployment it is read from its index, without sorting", async () => {
		let plan = "";
		// A small table would be read by any index, or by none: only this one is left to the planner.
		const undone = api.orm.transaction(async (tx) => {
			for (const text of [
				"drop index control_actions_by_age, control_actions_by_trace",
				"set local enable_seqscan = off",
				"set local enable_bitmapscan = off",
				"set local plan_cache_mode = force_generic_plan",
				"prepare of_deployment (uuid, uuid) as select * from control_actions where tenant_id = $1 and deployment_id = $2 order by created_at desc, id desc limit 51",
			]) {
				await tx.execute(sql.raw(text));
			}
			const explained = sql.raw(`explain execute of_deployment ('${randomUUID()}', '${randomUUID()}')`);
			plan = JSON.stringify(await tx.execute(explained));
			await tx.execute(sql.raw("deallocate of_deployment"));
			tx.rollback();
		});
		await expect(undone).rejects.toThrow("Rollback");
		expect(plan).toContain("control_actions_by_deployment");
		expect(plan).not.toContain("Sort");
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
