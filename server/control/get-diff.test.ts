import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import {
	insertRemediation,
	makeTracedProject,
	parkRetry,
	standInExecutor,
	toldActions,
} from "@/test/control-actions";
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

const pending = { status: "pending", reason: "evaluation_incomplete" };
const pathOf = (id: string) => `/v1/control/actions/${id}/diff`;

async function makeExecuted(type = "retry") {
	const place = await makeTracedProject(api);
	const { body } = await place.execute(type);
	return { ...place, actionId: body.id as string };
}

test("an evaluated remediation is answered with what it changed, remediated − original", async () => {
	const { tenant, ...place } = await makeExecuted();
	const scores = {
		eval_rule_id: randomUUID(),
		rule_name: "No invented dates",
		original_score: 0,
		remediated_score: 1,
		delta: 1,
	};
	const { originalSpanId, remediatedSpanId } = await insertRemediation(api, tenant, place, {
		original: { latencyMs: 900.4, promptTokens: 100, completionTokens: 40 },
		remediated: { latencyMs: 1_250.9, promptTokens: 90, completionTokens: 20 },
		embeddingSimilarity: 0.81,
		citationDensityDelta: -0.25,
		scoreDeltas: [scores],
		summary: "The second answer gives the period instead of a day.",
	});
	for (const role of ["owner", "member", "viewer"] as const) {
		const answer = await api.ask("GET", pathOf(place.actionId), { as: tenant[role] });
		expect([answer.status, answer.body]).toEqual([
			200,
			{
				action_id: place.actionId,
				original_span_id: originalSpanId,
				remediated_span_id: remediatedSpanId,
				token_length_delta: -30,
				latency_delta_ms: 351,
				embedding_similarity: 0.81,
				score_deltas: [scores],
				summary: "The second answer gives the period instead of a day.",
				citation_density_delta: -0.25,
			},
		]);
	}
});

test("without an embedding the similarity is −1, and tokens that nobody counted are 0", async () => {
	const { tenant, ...place } = await makeExecuted();
	await insertRemediation(api, tenant, place, { remediated: { latencyMs: 80, promptTokens: 12 } });
	const { body } = await api.ask("GET", pathOf(place.actionId), { as: tenant.viewer });
	expect(body).toMatchObject({
		embedding_similarity: -1,
		token_length_delta: 12,
		latency_delta_ms: 0,
		citation_density_delta: null,
		score_deltas: [],
	});
});

test("until the evaluation is complete the answer is 202", async () => {
	const { tenant, ...place } = await makeExecuted();
	const { evaluate } = await insertRemediation(api, tenant, place, { evaluatedAt: null });
	const early = await api.ask("GET", pathOf(place.actionId), { as: tenant.viewer });
	expect([early.status, early.body]).toEqual([202, pending]);
	await evaluate();
	expect((await api.ask("GET", pathOf(place.actionId), { as: tenant.viewer })).status).toBe(200);
});

test.each([
	["retry", 202],
	["fallback_model", 202],
	["prompt_modification", 202],
	["agent_action", 422],
])("while a %s runs the answer is %i", async (type, status) => {
	const { tenant, execute } = await makeTracedProject(api);
	const release = executor.hold();
	const running = execute(type);
	await toldActions(executor, 1);
	const [action] = executor.told;
	const answer = await api.ask("GET", pathOf(action?.id ?? ""), { as: tenant.viewer });
	release();
	await running;
	expect(answer.status).toBe(status);
	if (status === 202) expect(answer.body).toEqual(pending);
});

test("while an approved escalation runs the answer is 202, for the type that was asked for", async () => {
	const { tenant, path } = await parkRetry(api, executor);
	expect((await api.ask("GET", `${path}/diff`, { as: tenant.viewer })).status).toBe(422);
	const release = executor.hold();
	const approving = api.ask("POST", `${path}/approve`, { as: tenant.owner });
	await toldActions(executor, 1);
	const during = await api.ask("GET", `${path}/diff`, { as: tenant.viewer });
	release();
	await approving;
	expect([during.status, during.body]).toEqual([202, pending]);
});

test.each(["executed", "failed"] as const)("an action that %s and left no span is 422", async (status) => {
	executor.outcome = { status, result: {} };
	const { tenant, actionId } = await makeExecuted();
	const answer = await api.ask("GET", pathOf(actionId), { as: tenant.viewer });
	expect(answer.status).toBe(422);
	expect(answer.body).toMatchObject({ code: "no_remediated_span", reason: "no_remediated_span" });
});

test("another tenant's difference is as absent as one that never was", async () => {
	const { tenant, ...place } = await makeExecuted();
	await insertRemediation(api, tenant, place);
	const stranger = await api.makeTenant();
	await expectInvisible(api, tenant.id, [place.actionId], (id) => ({
		method: "GET",
		path: pathOf(id),
		asked: { as: stranger.owner },
	}));
});
