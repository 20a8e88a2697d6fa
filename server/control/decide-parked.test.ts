import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { makeTracedProject, parkRetry, standInExecutor, toldActions } from "@/test/control-actions";
import { auditTrail, decisionTrail, everything, insertDeployment } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";

const executor = standInExecutor();
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi({ executor });
});
beforeEach(() => {
	executor.told.length = 0;
	executor.outcome = { status: "executed", result: { ran: true } };
});
afterAll(() => api.close());

const verbs = ["approve", "reject"] as const;

describe("reading parked actions", () => {
	test("lists them oldest first, to owners; `pending` is not taken for an id", async () => {
		const { tenant, execute } = await makeTracedProject(api, { maxRetryDepth: 1 });
		await execute("retry");
		const parked = [];
		for (let number = 0; number < 3; number += 1) {
			api.pass(1_000);
			parked.push((await execute("retry")).body);
		}
		const list = await api.ask("GET", "/v1/control/actions/pending", { as: tenant.owner });
		expect([list.status, list.body]).toEqual([200, { actions: parked }]);
		for (const role of ["member", "viewer"] as const) {
			const refused = await api.ask("GET", "/v1/control/actions/pending", { as: tenant[role] });
			expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
		}
		const stranger = await api.makeTenant();
		const foreign = await api.ask("GET", "/v1/control/actions/pending", { as: stranger.owner });
		expect(foreign.body).toEqual({ actions: [] });
		const posted = await api.ask("POST", "/v1/control/actions/pending", { as: tenant.owner });
		expect([posted.status, posted.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
	});

	test("one action is answered to every role, and to its own tenant only", async () => {
		const { tenant, parked, path } = await parkRetry(api, executor);
		for (const role of ["owner", "member", "viewer"] as const) {
			const answer = await api.ask("GET", path, { as: tenant[role] });
			expect([answer.status, answer.body]).toEqual([200, parked]);
		}
		const stranger = await api.makeTenant();
		await expectInvisible(api, tenant.id, [parked.id], (id) => ({
			method: "GET",
			path: `/v1/control/actions/${id}`,
			asked: { as: stranger.owner },
		}));
	});
});

describe("approving a parked action", () => {
	test("runs what was asked for, keeps `escalate`, and tells the audit log who let it through", async () => {
		const { tenant, parked, path, traceId, projectId } = await parkRetry(api, executor);
		api.pass(5_000);
		const answer = await api.ask("POST", `${path}/approve`, { as: tenant.owner });
		expect(answer.status).toBe(200);
		expect(answer.body).toEqual({
			...parked,
			status: "executed",
			result: { ran: true },
			updated_at: api.clock().toISOString(),
			executed_at: api.clock().toISOString(),
		});
		expect(answer.body.action_type).toBe("escalate");
		expect(executor.told).toEqual([
			{
				...parked,
				action_type: "retry",
				payload: { span: "answer" },
				status: "pending",
				updated_at: api.clock().toISOString(),
			},
		]);
		const told = { project_id: projectId, action_type: "retry" };
		expect((await auditTrail(api, tenant.id)).slice(-2)).toMatchObject([
			{
				event: "control_action.approved",
				resourceId: parked.id,
				actorId: "user_owner",
				metadata: { ...told, trace_id: traceId, executor: "stand-in", from_status: "pending_approval" },
			},
			{ event: "control_action.executed", resourceId: parked.id, metadata: told },
		]);
		expect((await decisionTrail(api, tenant.id)).at(-1)).toMatchObject({
			subjectKind: "control_action",
			subjectId: parked.id,
			decision: "approve",
			fromStatus: "pending_approval",
			toStatus: "pending",
		});
	});

	test("keeps the deployment from whose page it was asked for, in the action and in the audit log", async () => {
		const { tenant, projectId, execute } = await makeTracedProject(api, { maxRetryDepth: 0 });
		const deployment_id = await insertDeployment(api, tenant.id, { projectId });
		const { body: parked } = await execute("retry", { deployment_id });
		const path = `/v1/control/actions/${parked.id}/approve`;
		const { body } = await api.ask("POST", path, { as: tenant.owner });
		expect([parked, body]).toMatchObject([
			{ status: "pending_approval", deployment_id },
			{ status: "executed", deployment_id },
		]);
		expect(executor.told).toMatchObject([{ action_type: "retry", deployment_id }]);
		expect((await auditTrail(api, tenant.id)).slice(0, 2)).toMatchObject([
			{ event: "control_action.escalated", metadata: { deployment_id } },
			{ event: "control_action.approved", metadata: { deployment_id } },
		]);
	});

	test("an action that was asked for without a payload is run without one", async () => {
		const { tenant, path } = await parkRetry(api, executor, {});
		await api.ask("POST", `${path}/approve`, { as: tenant.owner });
		expect(executor.told).toMatchObject([{ action_type: "retry", payload: null }]);
	});

	test("is pending while it runs, and failed when the executor says so", async () => {
		const { tenant, path } = await parkRetry(api, executor);
		executor.outcome = { status: "failed", result: { error: "no" } };
		const release = executor.hold();
		const approving = api.ask("POST", `${path}/approve`, { as: tenant.owner });
		await toldActions(executor, 1);
		expect((await api.ask("GET", path, { as: tenant.viewer })).body.status).toBe("pending");
		for (const verb of verbs) {
			const answer = await api.ask("POST", `${path}/${verb}`, { as: tenant.owner });
			expect([answer.status, answer.body.current.status]).toEqual([409, "pending"]);
		}
		release();
		const answer = await approving;
		expect([answer.status, answer.body.status, answer.body.executed_at]).toEqual([200, "failed", null]);
		expect(answer.body.result).toEqual({ error: "no" });
		expect((await auditTrail(api, tenant.id)).at(-1)).toMatchObject({ event: "control_action.failed" });
	});

	test("while the kill switch is on it is refused, told to the audit log, and still waits", async () => {
		const { tenant, parked, path, projectId, traceId } = await parkRetry(api, executor);
		await api.ask("POST", "/v1/control/killswitch/enable", { as: tenant.owner });
		const decided = await decisionTrail(api, tenant.id);
		const headers = { "Idempotency-Key": randomUUID() };
		const refused = await api.ask("POST", `${path}/approve`, { as: tenant.owner, headers });
		expect([refused.status, refused.body.code]).toEqual([503, "error.kill_switch_active"]);
		expect((await api.ask("GET", path, { as: tenant.viewer })).body).toEqual(parked);
		expect(await decisionTrail(api, tenant.id)).toEqual(decided);
		expect((await auditTrail(api, tenant.id)).at(-1)).toMatchObject({
			event: "control_action.refused",
			resourceId: parked.id,
			metadata: {
				project_id: projectId,
				trace_id: traceId,
				action_type: "retry",
				code: "error.kill_switch_active",
			},
		});
		await api.ask("POST", "/v1/control/killswitch/disable", { as: tenant.owner });
		expect(executor.told).toEqual([]);
		const approved = await api.ask("POST", `${path}/approve`, { as: tenant.owner, headers });
		expect([approved.status, approved.body.status]).toEqual([200, "executed"]);
	});

	test("under one Idempotency-Key it is run once and answered again", async () => {
		const { tenant, path } = await parkRetry(api, executor);
		const headers = { "Idempotency-Key": randomUUID() };
		const first = await api.ask("POST", `${path}/approve`, { as: tenant.owner, headers });
		const again = await api.ask("POST", `${path}/approve`, { as: tenant.owner, headers });
		expect([again.status, again.body]).toEqual([200, first.body]);
		expect(again.headers.get("Idempotency-Replayed")).toBe("true");
		expect(executor.told).toHaveLength(1);
	});
});

describe("rejecting a parked action", () => {
	test.each([{ reason: "Zürich says no 🙂" }, {}, undefined])(
		"closes it without running it, and keeps who and why: %j",
		async (body) => {
			const { tenant, parked, path } = await parkRetry(api, executor);
			api.pass(5_000);
			const reason = body?.reason ?? "";
			const answer = await api.ask("POST", `${path}/reject`, { as: tenant.owner, body });
			expect([answer.status, answer.body]).toEqual([
				200,
				{
					...parked,
					status: "failed",
					result: { rejected_by: "user_owner", reason },
					updated_at: api.clock().toISOString(),
				},
			]);
			expect(executor.told).toEqual([]);
			expect((await auditTrail(api, tenant.id)).at(-1)).toMatchObject({
				event: "control_action.rejected",
				resourceId: parked.id,
				actorId: "user_owner",
				metadata: { action_type: "retry", reason, to_status: "failed" },
			});
			expect((await decisionTrail(api, tenant.id)).at(-1)).toMatchObject({
				decision: "reject",
				reason,
				toStatus: "failed",
			});
		},
	);

	test("works while the kill switch is on: nothing is started by it", async () => {
		const { tenant, path } = await parkRetry(api, executor);
		await api.ask("POST", "/v1/control/killswitch/enable", { as: tenant.owner });
		expect((await api.ask("POST", `${path}/reject`, { as: tenant.owner })).status).toBe(200);
	});

	test.each([{ reason: "\u200b" }, { reason: 1 }, { why: "x" }, { reason: "x".repeat(2_001) }])(
		"a body like %j is refused with 400, and nothing changes",
		async (body) => {
			const { tenant, path } = await parkRetry(api, executor);
			const before = await everything(api, tenant.id);
			const answer = await api.ask("POST", `${path}/reject`, { as: tenant.owner, body });
			expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
			expect(await everything(api, tenant.id)).toEqual(before);
		},
	);
});

describe.each(verbs)("to %s", (verb) => {
	test.each(["member", "viewer"] as const)(
		"is refused to a %s, and nothing runs or changes",
		async (role) => {
			const { tenant, path } = await parkRetry(api, executor);
			const before = await everything(api, tenant.id);
			const answer = await api.ask("POST", `${path}/${verb}`, { as: tenant[role] });
			expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
			expect(await everything(api, tenant.id)).toEqual(before);
			expect(executor.told).toEqual([]);
		},
	);

	test("another tenant's action is as absent as one that never was, to every role", async () => {
		const { tenant, parked } = await parkRetry(api, executor);
		const stranger = await api.makeTenant();
		for (const as of [stranger.owner, stranger.member, stranger.viewer]) {
			await expectInvisible(api, tenant.id, [parked.id], (id) => ({
				method: "POST",
				path: `/v1/control/actions/${id}/${verb}`,
				asked: { as },
			}));
		}
	});

	test("an action that does not wait is refused with who decided, and nothing changes", async () => {
		const { tenant, execute } = await makeTracedProject(api);
		const { body: action } = await execute("retry");
		const before = await everything(api, tenant.id);
		api.pass(1_000);
		const answer = await api.ask("POST", `/v1/control/actions/${action.id}/${verb}`, { as: tenant.owner });
		expect([answer.status, answer.body.code]).toEqual([409, "already_decided"]);
		expect(answer.body.current).toEqual({
			status: "executed",
			by: "user_owner",
			at: action.created_at,
			reason: "",
		});
		expect(await everything(api, tenant.id)).toEqual(before);
	});
});

test("of 20 owners who approve and reject at once one wins, the others are told who, and it runs at most once", async () => {
	for (let round = 0; round < 3; round += 1) {
		const { tenant, parked, path } = await parkRetry(api, executor);
		const answers = await Promise.all(
			Array.from({ length: 20 }, (_, number) =>
				api.ask("POST", `${path}/${verbs[(number + round) % 2]}`, {
					as: { ...tenant.owner, userId: `user_${number}` },
					...((number + round) % 2 === 1 ? { body: { reason: `no ${number}` } } : {}),
				}),
			),
		);
		const winners = answers.filter(({ status }) => status === 200);
		const losers = answers.filter(({ status }) => status === 409);
		expect([winners.length, losers.length]).toEqual([1, 19]);
		const decisions = (await decisionTrail(api, tenant.id)).filter(
			({ subjectId }) => subjectId === parked.id,
		);
		expect(decisions).toHaveLength(2);
		const [, decided] = decisions;
		const isApproved = decided?.decision === "approve";
		expect(executor.told).toHaveLength(isApproved ? 1 : 0);
		expect(winners[0]?.body.status).toBe(isApproved ? "executed" : "failed");
		for (const { body } of losers) {
			expect(body.current).toMatchObject({ by: decided?.actorId, reason: decided?.reason });
		}
	}
});
