import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ControlAction } from "@/lib/contract/control-action";
import { openHttpEndpoint, type Received, sendFiftyMegabytes } from "@/test/http-endpoint";
import type { Circumstances } from "../executor";
import { webhookExecutor } from "./webhook";

const key = Buffer.from("a secret of sixteen bytes or more");
const secret = `whsec_${key.toString("base64")}`;
const now = new Date("2026-11-22T10:00:00.500Z");
const action: ControlAction = {
	id: "11111111-2222-4333-8444-555555555555",
	tenant_id: "11111111-2222-4333-8444-666666666666",
	project_id: "11111111-2222-4333-8444-777777777777",
	action_type: "retry",
	status: "pending",
	created_at: now.toISOString(),
	updated_at: now.toISOString(),
	payload: { text: "ünï" },
};
const span = {
	traceId: randomUUID(),
	spanId: randomUUID(),
	parentSpanId: null,
	name: "answer",
	input: "How long?",
	output: "I am unsure.",
	model: "atlas",
};
const circumstances: Circumstances = { subject: { subject: span }, mayStart: async () => true };

let endpoint: Awaited<ReturnType<typeof openHttpEndpoint>>;
beforeAll(async () => {
	endpoint = await openHttpEndpoint();
});
beforeEach(() => {
	endpoint.received.length = 0;
});
afterAll(() => endpoint.close());

interface Changes {
	url?: string;
	timeoutMs?: number;
	allowPrivate?: boolean;
}

function makeExecutor(changes: Changes & { concurrency?: number } = {}) {
	const settings = { secret, timeoutMs: 5_000, concurrency: 2, allowPrivate: true, ...changes };
	return webhookExecutor({ url: `${endpoint.origin}/run`, ...settings }, () => now, []);
}

const run = (changes: Changes = {}) => makeExecutor(changes).execute(action, circumstances);

/** Answers with a JSON object. */
function answer(reply: object) {
	endpoint.respond = (response) => response.end(JSON.stringify(reply));
}

describe("the webhook executor", () => {
	test("sends the action, signed as Standard Webhooks says, and keeps the answer", async () => {
		answer({ attempts: 2 });
		expect(await run()).toEqual({ status: "executed", result: { attempts: 2 } });
		const headers: Received["headers"] = endpoint.received[0]?.headers ?? {};
		const body = endpoint.received[0]?.body ?? "";
		expect(JSON.parse(body)).toEqual(action);
		expect(headers["content-type"]).toBe("application/json");
		expect(headers["webhook-id"]).toBe(`msg_${action.id}`);
		expect(headers["webhook-timestamp"]).toBe("1795341600");
		const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
		const signature = createHmac("sha256", key).update(signed).digest("base64");
		expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
	});

	test.each([400, 404, 500, 503])("status %i is a failure that names the status", async (status) => {
		endpoint.respond = (response) => response.writeHead(status).end('{"attempts":1}');
		const outcome = await run();
		expect(outcome).toMatchObject({ status: "failed", result: { http_status: status } });
		expect(outcome.result.error).toContain(String(status));
	});

	test.each(["", "garbage", "[1]", '"text"', "null", "<html>"])(
		"200 with %j is a failure of unknown outcome",
		async (text) => {
			endpoint.respond = (response) => response.end(text);
			expect(await run()).toMatchObject({
				status: "failed",
				result: { outcome: "unknown", http_status: 200, error: expect.stringContaining("JSON object") },
			});
		},
	);

	test("of a reply of 50 MB a small part is taken, and the outcome is unknown", async () => {
		const taken = new Promise<number>((resolve) => {
			endpoint.respond = (response) => sendFiftyMegabytes(response, resolve);
		});
		expect(await run()).toMatchObject({
			status: "failed",
			result: { outcome: "unknown", error: expect.stringContaining("65536 bytes") },
		});
		expect(await taken).toBeLessThan(10 * 1024 * 1024);
	});

	test.each<[string, typeof endpoint.respond]>([
		["nobody answers", () => undefined],
		["the body never ends", (response) => void response.write('{"a":')],
	])("when %s in time, the outcome is unknown", async (_name, behave) => {
		endpoint.respond = behave;
		const outcome = await run({ timeoutMs: 150 });
		expect(outcome).toMatchObject({ status: "failed", result: { outcome: "unknown" } });
		expect(outcome.result.error).toContain("150 ms");
	});

	test.each([301, 303, 307, 308])("a redirect of status %i is not followed", async (status) => {
		endpoint.respond = (response) =>
			response.writeHead(status, { Location: `${endpoint.origin}/other` }).end();
		const outcome = await run();
		expect(outcome).toMatchObject({ status: "failed", result: { outcome: "unknown", http_status: status } });
		expect(outcome.result.error).toContain("redirect");
		expect(endpoint.received).toHaveLength(1);
	});

	test("a connection cut after the request is an unknown outcome", async () => {
		endpoint.respond = (_response, request) => request.socket.destroy();
		expect(await run()).toMatchObject({ status: "failed", result: { outcome: "unknown" } });
	});

	test("a server that is not there is known to have run nothing", async () => {
		const closed = await openHttpEndpoint();
		await closed.close();
		const outcome = await run({ url: closed.origin });
		expect(outcome).toMatchObject({ status: "failed", result: { executed: false } });
		expect(outcome.result.error).toContain("ECONNREFUSED");
	});

	test("a private address is not connected to unless that is allowed, and the sentence says how to", async () => {
		const { port } = new URL(endpoint.origin);
		for (const url of [endpoint.origin, `http://localhost:${port}/`, `http://[::1]:${port}/`]) {
			expect(await run({ url, allowPrivate: false })).toMatchObject({
				status: "failed",
				result: { executed: false, error: expect.stringContaining("COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE") },
			});
		}
		expect(endpoint.received).toEqual([]);
	});

	test("no outcome holds the secret or the URL", async () => {
		endpoint.respond = (response) => response.writeHead(500).end(secret);
		const outcomes = [await run(), await run({ url: "http://name.invalid/hidden", allowPrivate: false })];
		for (const outcome of outcomes)
			expect(JSON.stringify(outcome)).not.toMatch(/whsec|hidden|invalid|127\.0/);
	});
});

test("of more actions than may run at once, the others wait in line and say how long", async () => {
	const open: (() => void)[] = [];
	endpoint.respond = (response) => open.push(() => response.end("{}"));
	const executor = makeExecutor({ concurrency: 2 });
	const outcomes = [1, 2, 3, 4].map(() => executor.execute(action, circumstances));
	await expect.poll(() => open.length, { timeout: 10_000 }).toBe(2);
	expect(endpoint.received).toHaveLength(2);
	open[0]?.();
	await expect.poll(() => open.length, { timeout: 10_000 }).toBe(3);
	expect(endpoint.received).toHaveLength(3);
	open[1]?.();
	await expect.poll(() => open.length, { timeout: 10_000 }).toBe(4);
	for (const end of open.slice(2)) end();
	const waited = { status: "executed", result: { waited_ms: expect.any(Number) } };
	const atOnce = { status: "executed", result: {} };
	expect(await Promise.all(outcomes)).toEqual([atOnce, atOnce, waited, waited]);
});

describe("what the reply names as remediated", () => {
	const remediated = {
		output: "It is 202 cm high.",
		model: "atlas-small",
		prompt_tokens: 12,
		completion_tokens: 6,
		latency_ms: 80.5,
		cost: 0.001,
	};

	test.each(["retry", "fallback_model", "prompt_modification"])(
		"is kept for the span of a %s",
		async (type) => {
			answer({ attempts: 1, remediated });
			const outcome = await makeExecutor().execute({ ...action, action_type: type }, circumstances);
			expect(outcome).toEqual({
				status: "executed",
				result: { attempts: 1, remediated },
				remediated: {
					original: span,
					input: span.input,
					output: remediated.output,
					model: "atlas-small",
					promptTokens: 12,
					completionTokens: 6,
					latencyMs: 80.5,
					cost: 0.001,
					startedAt: now,
					endedAt: now,
					metadata: { executor: "webhook" },
					evaluation: { scoreDeltas: [], summary: expect.stringContaining("another one") },
				},
			});
		},
	);

	test.each<[string, object, Partial<Circumstances>, string]>([
		["of another form", { output: 1 }, {}, "output"],
		["with a field nobody knows", { output: "x", note: "y" }, {}, "form"],
		["with more tokens than can be kept", { output: "x", prompt_tokens: 3e9 }, {}, "prompt_tokens"],
		["without a trace", { output: "x" }, { subject: { missing: "The action names no trace." } }, "no trace"],
	])(
		"%s is not stored, the action is executed, and the result says why",
		async (_name, part, more, reason) => {
			answer({ done: true, remediated: part });
			const outcome = await makeExecutor().execute(action, { ...circumstances, ...more });
			expect(outcome).toEqual({
				status: "executed",
				result: { done: true, remediated: part, remediation_note: expect.stringContaining(reason) },
			});
		},
	);

	test("by an agent action is not stored: it does not mend a trace", async () => {
		answer({ remediated: { output: "x" } });
		const agent = { ...action, action_type: "agent_action" };
		const outcome = await makeExecutor().execute(agent, circumstances);
		expect(outcome.remediated).toBeUndefined();
		expect(outcome.result.remediation_note).toContain("agent_action");
	});
});
