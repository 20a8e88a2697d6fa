import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ControlAction } from "@/lib/contract/control-action";
import { openHttpEndpoint } from "@/test/http-endpoint";
import type { Circumstances } from "../executor";
import type { Subject } from "../subject";
import { type ModelSettings, modelExecutor } from "./model";

const apiKey = "sk-live-0123456789";
const now = new Date("2026-11-22T10:00:00.500Z");
const action: ControlAction = {
	id: randomUUID(),
	tenant_id: randomUUID(),
	project_id: randomUUID(),
	action_type: "retry",
	status: "pending",
	created_at: now.toISOString(),
	updated_at: now.toISOString(),
	payload: null,
};
const span: Subject = {
	traceId: randomUUID(),
	spanId: randomUUID(),
	parentSpanId: null,
	name: "answer",
	input: "How long?",
	output: "I am unsure.",
	model: "atlas-large",
};

let endpoint: Awaited<ReturnType<typeof openHttpEndpoint>>;
beforeAll(async () => {
	endpoint = await openHttpEndpoint();
});
beforeEach(() => {
	endpoint.received.length = 0;
	complete("It is 202 cm.");
});
afterAll(() => endpoint.close());

const completion = (content: string | null, more: object = {}) =>
	JSON.stringify({
		id: "1",
		object: "chat.completion",
		created: 0,
		model: "atlas-large-0917",
		choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
		usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 },
		...more,
	});

/** Answers with a text. */
function complete(content: string | null, more: object = {}) {
	endpoint.respond = (response) => response.end(completion(content, more));
}

interface Run {
	type?: ControlAction["action_type"];
	payload?: ControlAction["payload"];
	subject?: Partial<Subject>;
	settings?: Partial<ModelSettings>;
	circumstances?: Partial<Circumstances>;
}

function run({ type = "retry", payload = null, subject, settings, circumstances }: Run = {}) {
	const all = {
		url: `${endpoint.origin}/v1`,
		apiKey,
		allowPrivate: true,
		defaultModel: null,
		timeoutMs: 5_000,
		concurrency: 2,
		isStandIn: false,
		...settings,
	};
	return modelExecutor(all, () => now, [], 1).execute(
		{ ...action, action_type: type, payload },
		{ subject: { subject: { ...span, ...subject } }, mayStart: async () => true, ...circumstances },
	);
}

const sent = () => endpoint.received.map(({ body }) => JSON.parse(body));

describe("the model executor", () => {
	test("retries the trace's input on the trace's model, and hands back the answer with what it took", async () => {
		const outcome = await run();
		expect(endpoint.received).toMatchObject([
			{ path: "/v1/chat/completions", headers: { authorization: `Bearer ${apiKey}` } },
		]);
		expect(sent()).toEqual([{ model: "atlas-large", messages: [{ role: "user", content: "How long?" }] }]);
		expect(outcome).toEqual({
			status: "executed",
			result: {
				executor: "model",
				model: "atlas-large-0917",
				requested_model: "atlas-large",
				attempts: 1,
				finish_reason: "stop",
				latency_ms: expect.any(Number),
				prompt_tokens: 7,
				completion_tokens: 4,
				notes: ["The trace has kept no system prompt, so none was sent."],
			},
			remediated: {
				original: span,
				input: "How long?",
				output: "It is 202 cm.",
				model: "atlas-large-0917",
				promptTokens: 7,
				completionTokens: 4,
				latencyMs: expect.any(Number),
				cost: null,
				startedAt: now,
				endedAt: now,
				metadata: { executor: "model", requested_model: "atlas-large" },
				evaluation: { scoreDeltas: [], summary: expect.stringContaining("nothing was scored") },
			},
		});
	});

	test("asks the model of the payload for a fallback, with the parameters of the payload", async () => {
		const parameters = { temperature: 0, top_p: 0.5, max_tokens: 20, seed: 3, stop: ["END"] };
		await run({ type: "fallback_model", payload: { model: "atlas-small", parameters, reason: "slow" } });
		expect(sent()).toMatchObject([{ model: "atlas-small", ...parameters }]);
	});

	test.each([
		[{ system_prompt: "Be brief." }, "Be brief."],
		[{ append: "Name the size." }, "You help.\n\nName the size."],
		[{ system_prompt: "Be brief.", append: "Name the size." }, "Be brief.\n\nName the size."],
	])("a prompt modification of %j gives the system prompt %j", async (payload, expected) => {
		const input = JSON.stringify([
			{ role: "system", content: "You help." },
			{ role: "user", content: "How long?" },
		]);
		const outcome = await run({ type: "prompt_modification", payload, subject: { input } });
		expect(sent()[0].messages).toEqual([
			{ role: "system", content: expected },
			{ role: "user", content: "How long?" },
		]);
		expect(outcome.remediated?.metadata.system_prompt).toBe(expected);
		expect(outcome.result.notes).toBeUndefined();
	});

	test("says when there was no system prompt to append to", async () => {
		const outcome = await run({ type: "prompt_modification", payload: { append: "Name the size." } });
		expect(sent()[0].messages[0]).toEqual({ role: "system", content: "Name the size." });
		expect(outcome.result.notes).toEqual([expect.stringContaining("all of it")]);
	});

	test("a trace without a model is asked of the default one", async () => {
		await run({ subject: { model: null }, settings: { defaultModel: "atlas-default" } });
		expect(sent()[0].model).toBe("atlas-default");
	});

	test("an endpoint without a key is sent none", async () => {
		await run({ settings: { apiKey: null } });
		expect(endpoint.received[0]?.headers.authorization).toBeUndefined();
	});

	test("what a stand-in answers says so in the result, the span and the summary", async () => {
		const { result, remediated } = await run({ settings: { isStandIn: true } });
		expect(result).toMatchObject({
			stand_in: true,
			notes: ["A stand-in answered, not a model.", expect.any(String)],
		});
		expect(remediated?.metadata).toMatchObject({ stand_in: true });
		expect(remediated?.evaluation.summary).toMatch(/^A stand-in answered, not a model\. /);
	});

	test.each<[string, Run, string]>([
		["an agent action", { type: "agent_action" }, "needs the webhook executor"],
		["no trace", { circumstances: { subject: { missing: "The action names no trace." } } }, "names no trace"],
		["a trace without an input", { subject: { input: null } }, "kept an input"],
		["an input that is empty", { subject: { input: "" } }, "kept an input"],
		["no model anywhere", { subject: { model: null } }, "COUNTERSIGN_EXECUTOR_MODEL_NAME"],
		["a fallback to nothing", { type: "fallback_model" }, "model"],
		["a prompt modification of nothing", { type: "prompt_modification", payload: {} }, "system_prompt"],
		["0 attempts", { payload: { attempts: 0 } }, "attempts"],
		["6 attempts", { payload: { attempts: 6 } }, "attempts"],
		["a parameter nobody knows", { payload: { parameters: { tools: [] } } }, "tools"],
	])("with %s it fails, says why, and sends nothing", async (_name, asked, reason) => {
		const outcome = await run(asked);
		expect(outcome).toMatchObject({ status: "failed", result: { executed: false } });
		expect(outcome.result.error).toContain(reason);
		expect(outcome.result.error).toMatch(/Nothing was sent\.$/);
		expect(endpoint.received).toEqual([]);
	});
});

describe("tries", () => {
	test("a retry goes on until an answer comes, and tells what came before", async () => {
		endpoint.respond = (response) => {
			const number = endpoint.received.length;
			if (number === 1) response.writeHead(500).end("oops");
			else if (number === 2) response.end("garbage");
			else response.end(completion("It is 202 cm."));
		};
		const outcome = await run({ payload: { attempts: 5 } });
		expect(outcome.status).toBe("executed");
		expect(outcome.result).toMatchObject({
			attempts: 3,
			failed_attempts: [expect.stringContaining("status 500"), expect.stringContaining("chat completion")],
		});
		expect(endpoint.received).toHaveLength(3);
	});

	test("are no more than were asked for", async () => {
		endpoint.respond = (response) => response.writeHead(503).end();
		const outcome = await run({ payload: { attempts: 3 } });
		expect(outcome).toMatchObject({ status: "failed", result: { attempts: 3, http_status: 503 } });
		expect(endpoint.received).toHaveLength(3);
		endpoint.received.length = 0;
		expect((await run()).result.attempts).toBe(1);
		expect(endpoint.received).toHaveLength(1);
	});

	test.each([400, 401, 404, 307])(
		"status %i is not tried again: it would answer the same",
		async (status) => {
			endpoint.respond = (response) => response.writeHead(status, { location: "/other" }).end();
			expect((await run({ payload: { attempts: 5 } })).result).toMatchObject({
				attempts: 1,
				http_status: status,
			});
			expect(endpoint.received).toHaveLength(1);
		},
	);

	test("end when the kill switch is turned on between two of them", async () => {
		endpoint.respond = (response) => response.writeHead(500).end();
		const outcome = await run({
			payload: { attempts: 5 },
			circumstances: { mayStart: async () => endpoint.received.length < 2 },
		});
		expect(outcome.result.error).toContain("kill switch");
		expect(endpoint.received).toHaveLength(2);
	});

	test("end with the time-out, which is for all of them together", async () => {
		endpoint.respond = (response) => {
			if (endpoint.received.length === 1) response.writeHead(500).end();
		};
		const outcome = await run({ payload: { attempts: 5 }, settings: { timeoutMs: 200 } });
		expect(outcome.result).toMatchObject({ attempts: 2, error: expect.stringContaining("in time") });
	});
});

test("an endpoint that was not reached is known to have been sent nothing, one that was is not", async () => {
	const refused = await run({ settings: { allowPrivate: false }, payload: { attempts: 5 } });
	expect(refused.result).toMatchObject({ executed: false, attempts: 1 });
	expect(refused.result.error).toContain("COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE");
	expect(endpoint.received).toEqual([]);
	endpoint.respond = (response) => response.writeHead(404).end('{"error":{"message":"No such model"}}');
	const reached = await run();
	expect(reached.result).toMatchObject({ attempts: 1, http_status: 404, detail: "No such model" });
	expect(reached.result.executed).toBeUndefined();
	expect(reached.remediated).toBeUndefined();
});
