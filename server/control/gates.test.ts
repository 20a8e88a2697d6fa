import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { makeTracedProject, standInExecutor, toldActions } from "@/test/control-actions";
import { auditTrail, decisionTrail, insertTrace } from "@/test/rows";

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

type Answered = Awaited<ReturnType<TestApi["ask"]>>;
const statusesOf = (answers: Answered[]) => answers.map(({ body }) => body.status);

describe("the retry gate", () => {
	test("lets exactly the limit through, parks the next one, says why, and runs nothing for it", async () => {
		const { tenant, traceId, projectId, execute } = await makeTracedProject(api, { maxRetryDepth: 3 });
		const runs = [await execute("retry"), await execute("retry"), await execute("retry")];
		expect(statusesOf(runs)).toEqual(["executed", "executed", "executed"]);
		const parked = await execute("retry", { payload: { span: "answer" } });
		expect(parked.status).toBe(201);
		expect(parked.body).toMatchObject({
			action_type: "escalate",
			status: "pending_approval",
			trace_id: traceId,
			result: null,
			executed_at: null,
		});
		expect(parked.body.payload).toEqual({
			escalation_reason: "retry_threshold_exceeded",
			intended_action_type: "retry",
			retry_count: 3,
			cascade_count: 3,
			max_retry_depth: 3,
			requested_payload: { span: "answer" },
		});
		expect(executor.told).toHaveLength(3);
		expect((await auditTrail(api, tenant.id)).at(-1)).toMatchObject({
			event: "control_action.escalated",
			resourceId: parked.body.id,
			actorId: "user_owner",
			metadata: {
				project_id: projectId,
				trace_id: traceId,
				action_type: "retry",
				escalation_reason: "retry_threshold_exceeded",
			},
		});
		expect((await decisionTrail(api, tenant.id)).at(-1)).toMatchObject({
			subjectId: parked.body.id,
			decision: "escalate",
			fromStatus: null,
			toStatus: "pending_approval",
		});
	});

	test("counts for each policy by itself, and no policy is one too", async () => {
		const { execute } = await makeTracedProject(api, { maxRetryDepth: 1 });
		const [rule, other] = [randomUUID(), randomUUID()];
		const answers = [];
		for (const more of [{ rule_id: rule }, { rule_id: rule }, { rule_id: other }, {}, {}]) {
			answers.push(await execute("retry", more));
		}
		expect(statusesOf(answers)).toEqual([
			"executed",
			"pending_approval",
			"executed",
			"executed",
			"pending_approval",
		]);
		expect(answers[4]?.body.payload).toMatchObject({ retry_count: 1, cascade_count: 3 });
		expect(answers[4]?.body.payload.requested_payload).toBeNull();
	});

	test("stops retries only, on their own trace only", async () => {
		const { tenant, projectId, execute } = await makeTracedProject(api, { maxRetryDepth: 1 });
		await execute("retry");
		const trace_id = await insertTrace(api, tenant.id, projectId);
		const answers = [
			await execute("retry"),
			await execute("fallback_model"),
			await execute("prompt_modification"),
			await execute("agent_action"),
			await execute("retry", { trace_id }),
			await execute("retry", { trace_id: undefined }),
			await execute("retry", { trace_id: undefined }),
		];
		expect(statusesOf(answers)).toEqual(["pending_approval", ...Array(6).fill("executed")]);
	});
});

describe("the cascade gate", () => {
	test("counts every remediation across policies, lets exactly the limit through, and parks each type", async () => {
		const { execute } = await makeTracedProject(api, { maxRetryDepth: 10, maxCascadeDepth: 3 });
		for (const type of ["retry", "fallback_model", "prompt_modification"]) {
			expect((await execute(type, { rule_id: randomUUID() })).body.status).toBe("executed");
		}
		for (const type of ["retry", "fallback_model", "prompt_modification"]) {
			const { body } = await execute(type, { rule_id: randomUUID() });
			expect([body.action_type, body.status]).toEqual(["escalate", "pending_approval"]);
			expect(body.payload).toEqual({
				escalation_reason: "cascade_depth_exhausted",
				intended_action_type: type,
				retry_count: 0,
				cascade_count: 3,
				max_cascade_depth: 3,
				requested_payload: null,
			});
		}
		expect((await execute("agent_action")).body.status).toBe("executed");
		expect(executor.told).toHaveLength(4);
	});

	test("is asked before the retry gate", async () => {
		const { execute } = await makeTracedProject(api, { maxRetryDepth: 1, maxCascadeDepth: 1 });
		await execute("retry");
		const { body } = await execute("retry");
		expect(body.payload).toMatchObject({
			escalation_reason: "cascade_depth_exhausted",
			retry_count: 1,
			cascade_count: 1,
		});
	});

	test("does not count agent actions", async () => {
		const { execute } = await makeTracedProject(api, { maxCascadeDepth: 1 });
		await execute("agent_action");
		await execute("agent_action");
		expect((await execute("retry")).body.status).toBe("executed");
	});
});

describe("what counts", () => {
	test("an action that failed, was parked or was rejected does not", async () => {
		const { tenant, execute } = await makeTracedProject(api, { maxRetryDepth: 1 });
		executor.outcome = { status: "failed", result: { error: "no" } };
		expect(statusesOf([await execute("retry"), await execute("retry")])).toEqual(["failed", "failed"]);
		executor.outcome = { status: "executed", result: {} };
		expect((await execute("retry")).body.status).toBe("executed");
		for (let number = 0; number < 2; number += 1) {
			const { body } = await execute("retry");
			expect(body.payload).toMatchObject({ retry_count: 1, cascade_count: 1 });
			await api.ask("POST", `/v1/control/actions/${body.id}/reject`, { as: tenant.owner });
		}
	});

	test("an approved escalation does, as the type that was asked for", async () => {
		const { tenant, execute } = await makeTracedProject(api, { maxRetryDepth: 1 });
		await execute("retry");
		const { body: parked } = await execute("retry");
		const approved = await api.ask("POST", `/v1/control/actions/${parked.id}/approve`, { as: tenant.owner });
		expect(approved.body).toMatchObject({ action_type: "escalate", status: "executed" });
		const { body } = await execute("retry");
		expect(body.payload).toMatchObject({ retry_count: 2, cascade_count: 2 });
	});

	test("an action in flight does", async () => {
		const { execute } = await makeTracedProject(api, { maxRetryDepth: 1 });
		const release = executor.hold();
		const first = execute("retry");
		await toldActions(executor, 1);
		const second = await execute("retry");
		release();
		expect(statusesOf([await first, second])).toEqual(["executed", "pending_approval"]);
		expect(second.body.payload).toMatchObject({ retry_count: 1 });
	});

	test.each([
		["retries under the retry limit", { maxRetryDepth: 3 }, ["retry"], 3],
		[
			"mixed remediations under the cascade limit",
			{ maxRetryDepth: 10, maxCascadeDepth: 5 },
			["retry", "fallback_model", "prompt_modification"],
			5,
		],
	])(
		"of 20 at once, %s: exactly the limit runs, the others are parked",
		async (_name, limits, types, limit) => {
			const { execute } = await makeTracedProject(api, limits);
			const release = executor.hold();
			const answers = Array.from({ length: 20 }, (_, number) => execute(types[number % types.length] ?? ""));
			await toldActions(executor, limit);
			release();
			const statuses = statusesOf(await Promise.all(answers));
			expect(statuses.filter((status) => status === "executed")).toHaveLength(limit);
			expect(statuses.filter((status) => status === "pending_approval")).toHaveLength(20 - limit);
			expect(executor.told).toHaveLength(limit);
		},
	);
});

test("a parked action is answered again under its Idempotency-Key, and parked once", async () => {
	const { tenant, execute } = await makeTracedProject(api, { maxRetryDepth: 1 });
	await execute("retry");
	const headers = { "Idempotency-Key": randomUUID() };
	const [first, second] = [await execute("retry", {}, headers), await execute("retry", {}, headers)];
	expect([first.status, second.status]).toEqual([201, 201]);
	expect(second.body).toEqual(first.body);
	const { body } = await api.ask("GET", "/v1/control/actions/pending", { as: tenant.owner });
	expect(body.actions).toEqual([first.body]);
});
