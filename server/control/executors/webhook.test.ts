import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ControlAction } from "@/lib/contract/control-action";
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

let server: Server;
let url: string;
let respond: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let received: { headers: IncomingMessage["headers"]; body: string }[];

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk) => chunks.push(chunk));
		request.on("end", () => {
			const body = Buffer.concat(chunks).toString();
			received.push({ headers: request.headers, body });
			respond(request, response, body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/run`;
});
beforeEach(() => {
	received = [];
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const run = (settings: { url?: string; timeoutMs?: number } = {}) =>
	webhookExecutor({ url, secret, timeoutMs: 5_000, ...settings }, () => now).execute(action);

describe("the webhook executor", () => {
	test("sends the action, signed as Standard Webhooks says, and keeps the answer", async () => {
		respond = (_request, response) => response.end('{"attempts":2}');
		expect(await run()).toEqual({ status: "executed", result: { attempts: 2 } });
		const [{ headers, body } = { headers: {}, body: "" }] = received;
		expect(JSON.parse(body)).toEqual(action);
		expect(headers["content-type"]).toBe("application/json");
		expect(headers["webhook-id"]).toBe(`msg_${action.id}`);
		expect(headers["webhook-timestamp"]).toBe("1795341600");
		const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
		const signature = createHmac("sha256", key).update(signed).digest("base64");
		expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
	});

	test.each([400, 404, 500, 503])("status %i is a failure that names the status", async (status) => {
		respond = (_request, response) => response.writeHead(status).end('{"attempts":1}');
		const outcome = await run();
		expect(outcome).toMatchObject({ status: "failed", result: { http_status: status } });
		expect(outcome.result.error).toContain(String(status));
	});

	test.each(["", "garbage", "[1]", '"text"', "null", "<html>"])(
		"200 with %j is a failure of unknown outcome",
		async (text) => {
			respond = (_request, response) => response.end(text);
			expect(await run()).toMatchObject({
				status: "failed",
				result: { outcome: "unknown", http_status: 200, error: expect.stringContaining("JSON object") },
			});
		},
	);

	test("a reply of more than 64 KB is not read to the end", async () => {
		respond = (_request, response) => response.end(`{"a":"${"x".repeat(70_000)}"}`);
		expect(await run()).toMatchObject({ status: "failed", result: { outcome: "unknown" } });
	});

	test.each<[string, typeof respond]>([
		["nobody answers", () => undefined],
		["the body never ends", (_request, response) => void response.write('{"a":')],
	])("when %s in time, the outcome is unknown", async (_name, behave) => {
		respond = behave;
		const outcome = await run({ timeoutMs: 200 });
		expect(outcome).toMatchObject({ status: "failed", result: { outcome: "unknown" } });
		expect(outcome.result.error).toContain("200 ms");
	});

	test("a redirect is not followed", async () => {
		respond = (_request, response) => response.writeHead(307, { Location: `${url}/other` }).end();
		const outcome = await run();
		expect(outcome).toMatchObject({ status: "failed", result: { outcome: "unknown" } });
		expect(outcome.result.error).toContain("redirect");
		expect(received).toHaveLength(1);
	});

	test("a connection cut after the request is an unknown outcome", async () => {
		respond = (request) => request.socket.destroy();
		expect(await run()).toMatchObject({ status: "failed", result: { outcome: "unknown" } });
	});

	test("a server that is not there is known to have run nothing", async () => {
		const closed = createServer();
		await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
		const { port } = closed.address() as AddressInfo;
		await new Promise((resolve) => closed.close(resolve));
		const outcome = await run({ url: `http://127.0.0.1:${port}/` });
		expect(outcome).toMatchObject({ status: "failed", result: { executed: false } });
		expect(outcome.result.error).toContain("ECONNREFUSED");
	});
});
