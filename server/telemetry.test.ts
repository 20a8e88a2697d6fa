import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Child, startChild } from "@/test/child";
import { makeDataDir } from "@/test/data-dir";
import { authorizedParty, claimsOf, issuer, publicKeyPem, signToken } from "@/test/tokens";

let dataDir: string;
beforeAll(async () => {
	dataDir = await makeDataDir("telemetry");
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** What a collector is sent, by path; it answers only when it is told to. */
let received: { path: string; body: Buffer }[] = [];
let collector: Server;
let endpoint: string;
let answers = true;
beforeAll(async () => {
	collector = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		received.push({ path: request.url ?? "", body: Buffer.concat(chunks) });
		if (answers) response.end("{}");
	});
	await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
	endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => {
	collector.close();
	collector.closeAllConnections();
});

let child: Child | undefined;
afterEach(async () => {
	child?.process.kill("SIGKILL");
	await child?.ended;
	received = [];
	answers = true;
});

const printModules = `
	import Module from "node:module";
	process.on("exit", () => process.stdout.write("modules " + Object.keys(Module._cache).join(" ") + "\\n"));
`;

/** Starts the program, lets it answer some requests, and stops it. */
async function serve(
	variables: Record<string, string>,
): Promise<{ child: Child; url: string; token: string }> {
	const running = startChild("server/main.ts", [], {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: authorizedParty,
		COUNTERSIGN_DATA_DIR: dataDir,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
		NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(printModules)}`,
		...variables,
	});
	child = running;
	await running.says('"event":"listening"');
	const url = /"url":"([^"]+)"/.exec(running.stdout())?.[1] ?? "";
	const person = { organizationId: "org_a", userId: "user_a", role: "owner" as const };
	return { child: running, url, token: await signToken(claimsOf(person, new Date())) };
}

async function stop({ process, ended }: Child): Promise<number | string> {
	process.kill("SIGTERM");
	return ended;
}

const isSdk = (text: string) => /node_modules\/@opentelemetry\/(sdk|exporter)/.test(text);
const deployment = "11111111-2222-4333-8444-555555555555";

test("without an endpoint nothing of the SDK is loaded, and nothing is sent", async () => {
	const running = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: "" });
	expect((await fetch(`${running.url}/health`)).status).toBe(200);
	expect(await stop(running.child)).toBe(0);
	expect(running.child.stdout()).toContain("\nmodules ");
	expect(isSdk(running.child.stdout())).toBe(false);
	expect(running.child.stdout()).not.toContain('"event":"telemetry"');
	expect(received).toEqual([]);
}, 60_000);

test("with one, spans and measurements arrive by the time it has stopped, as protobuf", async () => {
	const running = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
	const headers = { Authorization: `Bearer ${running.token}`, "X-Request-Id": "request-of-the-test" };
	await fetch(`${running.url}/v1/prompts/deployments/${deployment}?canary=query`, { headers });
	expect(await stop(running.child)).toBe(0);
	expect(isSdk(running.child.stdout())).toBe(true);
	expect(running.child.stdout()).toContain('"event":"telemetry","traces":true,"metrics":true');
	for (const path of ["/v1/traces", "/v1/metrics"]) {
		const bodies = received.filter((one) => one.path === path).map(({ body }) => body.toString("latin1"));
		const all = bodies.join();
		expect(all).toContain("/v1/prompts/deployments/:id");
		expect(all).toContain("countersign-api");
		expect(all).not.toMatch(new RegExp(`canary|Bearer|${running.token.slice(0, 40)}|${deployment}`));
	}
	expect(new Set(received.map(({ path }) => path))).toEqual(new Set(["/v1/traces", "/v1/metrics"]));
	expect(received.map(({ body }) => body.toString("latin1")).join()).toContain("request-of-the-test");
}, 60_000);

interface Attribute {
	key: string;
	value: { stringValue?: string; intValue?: number | string };
}

function valuesOf(attributes: Attribute[]): Record<string, unknown> {
	return Object.fromEntries(
		attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
	);
}

test("a request is one span with the route's pattern and nothing that was sent with it, and one measurement", async () => {
	const running = await serve({
		OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/traces`,
		OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${endpoint}/metrics`,
		OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
		OTEL_SERVICE_NAME: "mine",
	});
	const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
	const headers = { Authorization: `Bearer ${running.token}`, "X-Request-Id": "one", traceparent };
	const { url } = running;
	await fetch(`${url}/v1/prompts/deployments/${deployment}/reject?canary=query`, {
		method: "POST",
		headers: { ...headers, "Content-Type": "application/json" },
		body: '{"reason":"canary"}',
	});
	await fetch(`${url}/v1/projects`, { headers: { "X-Request-Id": "two" } });
	await fetch(`${url}/canary-path`, { headers: { "X-Request-Id": "three" } });
	await fetch(`${url}/health`, { headers: { "X-Request-Id": "four" } });
	expect(await stop(running.child)).toBe(0);

	const sent = received.map(({ path, body }) => ({ path, json: JSON.parse(body.toString("utf8")) }));
	const resources = sent.filter(({ path }) => path === "/traces").flatMap(({ json }) => json.resourceSpans);
	expect(valuesOf(resources[0].resource.attributes)).toMatchObject({ "service.name": "mine" });
	const spans = resources.flatMap(({ scopeSpans }) => scopeSpans).flatMap((one) => one.spans);
	expect(
		spans.map(({ name, kind, parentSpanId, attributes }) => [name, kind, parentSpanId, valuesOf(attributes)]),
	).toEqual([
		[
			"POST /v1/prompts/deployments/:id/reject",
			2,
			"b7ad6b7169203331",
			{
				"http.request.method": "POST",
				"http.route": "/v1/prompts/deployments/:id/reject",
				"http.response.status_code": 404,
				"url.scheme": "http",
				"countersign.request_id": "one",
			},
		],
		[
			"GET /v1/projects",
			2,
			undefined,
			{
				"http.request.method": "GET",
				"http.route": "/v1/projects",
				"http.response.status_code": 401,
				"url.scheme": "http",
				"countersign.request_id": "two",
			},
		],
		[
			"GET",
			2,
			undefined,
			{
				"http.request.method": "GET",
				"http.response.status_code": 404,
				"url.scheme": "http",
				"countersign.request_id": "three",
			},
		],
		[
			"GET /health",
			2,
			undefined,
			{
				"http.request.method": "GET",
				"http.route": "/health",
				"http.response.status_code": 200,
				"url.scheme": "http",
				"countersign.request_id": "four",
			},
		],
	]);
	expect(spans[0].traceId).toBe("0af7651916cd43dd8448eb211c80319c");
	const metrics = sent
		.filter(({ path }) => path === "/metrics")
		.flatMap(({ json }) => json.resourceMetrics)
		.flatMap(({ scopeMetrics }) => scopeMetrics)
		.flatMap((one) => one.metrics);
	expect(metrics.map(({ name, unit }) => [name, unit])).toEqual([["http.server.request.duration", "s"]]);
	const points = metrics[0].histogram.dataPoints;
	expect(points).toHaveLength(4);
	expect(points[0].explicitBounds).toEqual([
		0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
	]);
	expect(JSON.stringify(sent)).not.toMatch(/canary|Bearer|eyJ/);
}, 60_000);

test("a collector that never answers keeps the server from stopping for 3 s at most, and the log says so", async () => {
	answers = false;
	const running = await serve({
		OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/traces`,
		COUNTERSIGN_STOP_DELAY_MS: "0",
	});
	expect((await fetch(`${running.url}/health`)).status).toBe(200);
	const start = performance.now();
	expect(await stop(running.child)).toBe(0);
	expect(performance.now() - start).toBeLessThan(8_000);
	expect(running.child.stdout()).toContain("The last of it was not sent (late).");
	// Only the signal that has an endpoint is sent anywhere.
	expect(received.map(({ path }) => path)).toEqual(["/traces"]);
}, 60_000);
