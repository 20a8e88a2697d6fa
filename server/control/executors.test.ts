import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createModelStandIn } from "@/local/model/app";
import { openTestApi, type TestApi } from "@/test/api";
import { makeTracedProject, parkRetry } from "@/test/control-actions";
import { openHttpEndpoint } from "@/test/http-endpoint";
import { spans, traces } from "../db/schema";
import type { EvaluationRule } from "../evaluation/rule";
import type { Executor } from "./executor";
import { modelExecutor } from "./executors/model";
import { webhookExecutor } from "./executors/webhook";

const rules: EvaluationRule[] = [
	{ id: randomUUID(), name: "Names the size", type: "contains", text: "202 cm", ignore_case: false },
];
const standIn = createModelStandIn();
const secret = `whsec_${Buffer.from("a secret of sixteen bytes or more").toString("base64")}`;

let endpoint: Awaited<ReturnType<typeof openHttpEndpoint>>;
let api: TestApi;
/** What the API executes with; each describe chooses. */
let execute: Executor["execute"];

beforeAll(async () => {
	endpoint = await openHttpEndpoint();
	endpoint.respond = async (response, request, { body }) => {
		const made = await standIn.request(request.url ?? "", { method: "POST", body });
		response.writeHead(made.status, { "content-type": "application/json" }).end(await made.text());
	};
	api = await openTestApi({ executor: { name: "test", execute: (...told) => execute(...told) } });
});
beforeEach(() => {
	endpoint.received.length = 0;
	({ execute } = model());
});
afterAll(async () => {
	await api.close();
	await endpoint.close();
});

const bounds = { timeoutMs: 10_000, concurrency: 4, allowPrivate: true };

function model(): Executor {
	const settings = { url: `${endpoint.origin}/v1`, apiKey: null, defaultModel: null, isStandIn: true };
	return modelExecutor({ ...bounds, ...settings }, api.clock, rules, 1);
}

function webhook(): Executor {
	return webhookExecutor({ ...bounds, url: `${endpoint.origin}/run`, secret }, api.clock, rules);
}

/** A project with a trace whose first span has been asked something, and how to read what became of it. */
async function makePlace(limits: Parameters<typeof makeTracedProject>[1] = {}) {
	const place = await makeTracedProject(api, limits);
	const { tenant, traceId } = place;
	await api.orm
		.update(spans)
		.set({ input: "How long is it?", output: "I am unsure.", model: "atlas-large", latencyMs: 10 })
		.where(eq(spans.traceId, traceId));
	return {
		...place,
		spansNow: () =>
			api.orm
				.select()
				.from(spans)
				.where(eq(spans.traceId, traceId))
				.orderBy(asc(spans.createdAt), asc(spans.id)),
		diffOf: (id: string) => api.ask("GET", `/v1/control/actions/${id}/diff`, { as: tenant.viewer }),
	};
}

describe("the model executor behind the API", () => {
	test.each([
		["retry", { attempts: 2 }, "atlas-large"],
		["fallback_model", { model: "atlas-small" }, "atlas-small"],
		["prompt_modification", { system_prompt: "It is 202 cm." }, "atlas-large"],
	])("a %s leaves a span, scored, and its diff can be read at once", async (type, payload, asked) => {
		const { tenant, traceId, spansNow, diffOf, ...place } = await makePlace();
		const before = await spansNow();
		const original = before.find(({ name }) => name === "first");
		api.pass(1_000);
		const { status, body } = await place.execute(type, { payload });
		expect([status, body.status]).toEqual([201, "executed"]);
		expect(body.result).toMatchObject({
			model: "countersign-stand-in",
			requested_model: asked,
			attempts: 1,
			stand_in: true,
		});
		const span = (await spansNow()).find(({ id }) => id === body.result.remediated_span_id);
		expect(await spansNow()).toEqual([...before, span]);
		expect(span).toMatchObject({
			tenantId: tenant.id,
			traceId,
			parentSpanId: original?.parentSpanId,
			name: "first",
			type: "llm",
			input: "How long is it?",
			output: expect.stringContaining(`not the model “${asked}”`),
			model: "countersign-stand-in",
			error: null,
			metadata: {
				executor: "model",
				stand_in: true,
				requested_model: asked,
				remediates: original?.id,
				control_action_id: body.id,
			},
			createdAt: api.clock(),
		});
		const after = type === "prompt_modification" ? 1 : 0;
		const diff = await diffOf(body.id);
		expect([diff.status, diff.body]).toEqual([
			200,
			{
				action_id: body.id,
				original_span_id: original?.id,
				remediated_span_id: span?.id,
				token_length_delta: (span?.promptTokens ?? 0) + (span?.completionTokens ?? 0),
				latency_delta_ms: (span?.latencyMs ?? 0) - 10,
				embedding_similarity: -1,
				score_deltas: [
					{
						eval_rule_id: rules[0]?.id,
						rule_name: "Names the size",
						original_score: 0,
						remediated_score: after,
						delta: after,
					},
				],
				summary: expect.stringContaining(`It meets ${after} of the 1 rule, the one before met 0.`),
				citation_density_delta: null,
			},
		]);
		const chain = await api.ask("GET", `/v1/traces/${traceId}/remediations`, { as: tenant.viewer });
		expect(chain.body.steps).toMatchObject([{ action_id: body.id, diff: diff.body }]);
	});

	test("an agent action is refused openly and leaves no span", async () => {
		const { execute: ask, spansNow, diffOf } = await makePlace();
		const { body } = await ask("agent_action", { payload: { agent: "desk" } });
		expect(body).toMatchObject({ status: "failed", result: { executed: false } });
		expect(body.result.error).toContain("needs the webhook executor");
		expect(await spansNow()).toHaveLength(2);
		expect((await diffOf(body.id)).status).toBe(422);
		expect(endpoint.received).toEqual([]);
	});

	test("without a trace, or with one that has kept no input, nothing is sent", async () => {
		const place = await makePlace();
		const without = await place.execute("retry", { trace_id: undefined });
		await api.orm.update(spans).set({ input: null }).where(eq(spans.traceId, place.traceId));
		const empty = await place.execute("retry");
		for (const { body } of [without, empty]) {
			expect(body).toMatchObject({ status: "failed", result: { executed: false } });
			expect(body.result.error).toContain("Nothing was sent.");
		}
		expect(endpoint.received).toEqual([]);
		await api.orm.update(traces).set({ input: "How wide?" }).where(eq(traces.id, place.traceId));
		expect((await place.execute("retry")).body.status).toBe("executed");
		expect(endpoint.received[0]?.body).toContain("How wide?");
	});

	test("the second remediation is measured against what went wrong, unless the first is named by its id", async () => {
		const { execute: ask, diffOf, spansNow, traceId } = await makePlace({ maxRetryDepth: 10 });
		// What an action makes is a model's, and would be preferred to any of these.
		await api.orm.update(spans).set({ type: "other" }).where(eq(spans.traceId, traceId));
		const original = (await spansNow()).find(({ name }) => name === "first")?.id;
		const first = (await ask("retry")).body;
		const spanId = first.result.remediated_span_id;
		const measuredAgainst = async (payload: object) => {
			const { body } = await ask("retry", { payload });
			return body.status === "failed" ? body.result.error : (await diffOf(body.id)).body.original_span_id;
		};
		expect(await measuredAgainst({})).toBe(original);
		expect(await measuredAgainst({ span: "first" })).toBe(original);
		expect(await measuredAgainst({ span: spanId })).toBe(spanId);
		expect(await measuredAgainst({ span: "third" })).toContain("no span of the payload's name");
		expect(await measuredAgainst({ span: 3 })).toContain("id or the name");
	});

	test("an approved escalation runs as what was asked for, and leaves its span", async () => {
		const told: unknown[] = [];
		const { tenant, traceId, path } = await parkRetryOf(told);
		await api.orm.update(spans).set({ input: "How long?", model: "atlas" }).where(eq(spans.traceId, traceId));
		({ execute } = model());
		const { body } = await api.ask("POST", `${path}/approve`, { as: tenant.owner });
		expect(body).toMatchObject({
			action_type: "escalate",
			status: "executed",
			result: { executor: "model" },
		});
		expect((await api.ask("GET", `${path}/diff`, { as: tenant.viewer })).status).toBe(200);
	});
});

/** A parked retry, on the executor of a test that only says that it ran. */
async function parkRetryOf(told: unknown[]) {
	execute = async (action) => {
		told.push(action);
		return { status: "executed", result: {} };
	};
	return parkRetry(api, { told }, {});
}

describe("another endpoint behind the API", () => {
	const remediated = {
		output: "It is 202 cm long.",
		model: "atlas-small",
		prompt_tokens: 5,
		completion_tokens: 6,
	};
	let before: typeof endpoint.respond;
	beforeEach(() => {
		before = endpoint.respond;
		({ execute } = webhook());
		endpoint.respond = (response) => response.end(JSON.stringify({ done: true, remediated }));
		return () => {
			endpoint.respond = before;
		};
	});

	test.each(["retry", "fallback_model", "prompt_modification"])(
		"what the reply to a %s names as remediated becomes a span with a diff",
		async (type) => {
			const { execute: ask, diffOf, spansNow } = await makePlace();
			api.pass(1_000);
			const { body } = await ask(type);
			expect(body).toMatchObject({ status: "executed", result: { done: true, remediated } });
			expect((await spansNow()).at(-1)).toMatchObject({
				id: body.result.remediated_span_id,
				output: remediated.output,
				model: "atlas-small",
				metadata: { executor: "webhook" },
			});
			const diff = await diffOf(body.id);
			expect(diff.body).toMatchObject({ token_length_delta: 11, score_deltas: [{ delta: 1 }] });
		},
	);

	test("the reply to an agent action is its result, and no span", async () => {
		const { execute: ask, diffOf, spansNow } = await makePlace();
		const { body } = await ask("agent_action");
		expect(body).toMatchObject({ status: "executed", result: { done: true } });
		expect(body.result.remediated_span_id).toBeUndefined();
		expect(await spansNow()).toHaveLength(2);
		expect((await diffOf(body.id)).status).toBe(422);
	});

	test.each<[string, () => Executor, object]>([
		["webhook", webhook, { remediated: { output: "\u0000" } }],
		["model", model, { choices: [{ message: { role: "assistant", content: "\u0000" } }] }],
	])(
		"an answer of a %s that no database can keep leaves no span, and the action says so",
		async (_name, make, reply) => {
			({ execute } = make());
			endpoint.respond = (response) => response.end(JSON.stringify(reply));
			const { execute: ask, spansNow } = await makePlace();
			const { body } = await ask("retry");
			expect(body).toMatchObject({
				status: "executed",
				result: { error: expect.stringContaining("U+0000") },
			});
			expect(await spansNow()).toHaveLength(2);
		},
	);
});
