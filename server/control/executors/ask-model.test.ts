import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openHttpEndpoint, sendFiftyMegabytes } from "@/test/http-endpoint";
import { askModel } from "./ask-model";
import type { ModelRequest } from "./model-request";

const apiKey = "sk-live-0123456789";
const request: ModelRequest = {
	subject: {
		traceId: "",
		spanId: "",
		parentSpanId: null,
		name: "answer",
		input: "",
		output: null,
		model: null,
	},
	model: "atlas-large",
	system: null,
	messages: [{ role: "user", content: "How long?" }],
	attempts: 1,
	parameters: {},
	notes: [],
};

let endpoint: Awaited<ReturnType<typeof openHttpEndpoint>>;
beforeAll(async () => {
	endpoint = await openHttpEndpoint();
});
beforeEach(() => {
	endpoint.received.length = 0;
});
afterAll(() => endpoint.close());

function ask({ timeoutMs = 5_000, url = `${endpoint.origin}/v1` } = {}) {
	return askModel({ url, apiKey, allowPrivate: true }, request, AbortSignal.timeout(timeoutMs));
}

const completion = (content: string | null, more: object = {}) =>
	JSON.stringify({
		model: "atlas-large-0917",
		choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
		...more,
	});

test.each<[string, typeof endpoint.respond, string, object]>([
	["hangs", () => undefined, "in time", { mayHelp: false }],
	["never ends its body", (response) => void response.write("{"), "in time", { mayHelp: false }],
	["answers 500", (response) => response.writeHead(500).end(), "status 500", { status: 500, mayHelp: true }],
	["answers 429", (response) => response.writeHead(429).end(), "status 429", { status: 429, mayHelp: true }],
	["answers 400", (response) => response.writeHead(400).end(), "status 400", { status: 400, mayHelp: false }],
	["answers garbage", (response) => response.end("<html>"), "chat completion", { status: 200 }],
	["answers nothing", (response) => response.end(), "chat completion", {}],
	["answers 204", (response) => response.writeHead(204).end(), "chat completion", {}],
	["answers no choice", (response) => response.end(completion("x", { choices: [] })), "chat completion", {}],
	["answers no text", (response) => response.end(completion(null)), "without a text", {}],
	[
		"redirects",
		(response) => response.writeHead(302, { location: "/elsewhere" }).end(),
		"redirect",
		{ mayHelp: false },
	],
	["hangs up", (_response, incoming) => incoming.socket.destroy(), "broke", { mayHelp: true }],
])(
	"an endpoint that %s has given no answer, and the sentence says so",
	async (_name, respond, reason, more) => {
		endpoint.respond = respond;
		const fault = expect.stringContaining(reason);
		expect(await ask({ timeoutMs: 300 })).toMatchObject({ fault, wasSent: true, ...more });
		expect(endpoint.received).toHaveLength(1);
	},
);

test("of a reply of 50 MB a small part is taken", async () => {
	const taken = new Promise<number>((resolve) => {
		endpoint.respond = (response) => sendFiftyMegabytes(response, resolve);
	});
	expect(await ask()).toMatchObject({ fault: expect.stringContaining("1048576 bytes") });
	expect(await taken).toBeLessThan(10 * 1024 * 1024);
});

test("an endpoint that is not there has been sent nothing", async () => {
	const closed = await openHttpEndpoint();
	await closed.close();
	const fault = expect.stringContaining("ECONNREFUSED");
	expect(await ask({ url: closed.origin })).toMatchObject({ fault, wasSent: false, mayHelp: true });
});

test("an endpoint's reason is kept as plain text of bounded length, and never our key", async () => {
	const message = `No model for ${apiKey}\u0000\u0007 ${"x".repeat(1_000)}`;
	const detailOf = async (status: number) => {
		endpoint.respond = (response) => response.writeHead(status).end(JSON.stringify({ error: { message } }));
		const answer = await ask();
		return "detail" in answer ? answer.detail : expect.unreachable();
	};
	const detail = await detailOf(404);
	expect(detail).toMatch(/^No model for … x+$/);
	expect(detail?.length).toBeLessThanOrEqual(300);
	expect([await detailOf(401), await detailOf(403)]).toEqual([null, null]);
});

test.each([-1, 1.5, 1e300])(
	"an endpoint that counts %d tokens has counted none that we keep",
	async (count) => {
		const usage = { prompt_tokens: count, completion_tokens: count, total_tokens: count };
		endpoint.respond = (response) => response.end(completion("Yes.", { usage }));
		expect(await ask()).toMatchObject({ text: "Yes.", promptTokens: null, completionTokens: null });
	},
);
