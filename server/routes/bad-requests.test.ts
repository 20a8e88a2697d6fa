import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { everything, insertDeployment } from "@/test/rows";
import { claimsOf, signToken } from "@/test/tokens";

const list = "/v1/prompts/deployments";
let api: TestApi;
let tenant: TestTenant;
let id: string;
let authorization: string;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
	tenant = await api.makeTenant();
	id = await insertDeployment(api, tenant.id);
	const claims = claimsOf({ ...tenant.owner, userId: "user_owner" }, api.clock());
	authorization = `Bearer ${await signToken(claims)}`;
});

const reject = () => `${list}/${id}/reject`;
const json = { "Content-Type": "application/json" };
function post(body: BodyInit | null, headers: Record<string, string> = json, to = reject()) {
	return api.send(to, {
		method: "POST",
		headers: { Authorization: authorization, ...headers },
		body,
		duplex: "half",
	} as RequestInit);
}
function chunked(total: number): ReadableStream {
	let sent = 0;
	return new ReadableStream({
		pull(controller) {
			if (sent >= total) return controller.close();
			sent += 1_000;
			controller.enqueue(new Uint8Array(1_000).fill(32));
		},
	});
}
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const codes: Record<number, string> = {
	400: "invalid_request",
	413: "payload_too_large",
	415: "unsupported_media_type",
};

describe("a body is refused, and nothing changes, when it is", () => {
	test.each<[string, number, BodyInit, Record<string, string>?]>([
		["malformed", 400, "{"],
		["truncated", 400, '{"reason":"a'],
		["null", 400, "null"],
		["a list", 400, "[]"],
		["a text", 400, '"x"'],
		["a number too large for any", 400, "1e999"],
		["an object with such a number", 400, '{"reason":1e999}'],
		["not UTF-8", 400, new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
		["opened by a byte order mark", 400, "\ufeff{}"],
		["deeper than 32", 400, nested(33)],
		["deeper than a stack", 400, nested(10_000)],
		["a list of lists without end", 400, `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
		["holding __proto__", 400, '{"__proto__":{"role":"owner"}}'],
		["holding __proto__ further in", 400, '{"reason":{"__proto__":1}}'],
		["holding constructor", 400, '{"constructor":{"prototype":{}}}'],
		["holding U+0000", 400, '{"reason":"a\\u0000"}'],
		["holding U+0000 in a key", 400, '{"\\u0000":1}'],
		["holding a lone surrogate", 400, '{"reason":"\\ud800"}'],
		["a reason of 2,001 characters", 400, JSON.stringify({ reason: "é".repeat(2_001) })],
		["a reason that nobody can see", 400, '{"reason":" \\u200b\\n"}'],
		["a reason that is a number", 400, '{"reason":7}'],
		["a reason that is null", 400, '{"reason":null}'],
		["a reason that is a list", 400, '{"reason":["a"]}'],
		["a role, a tenant, a state", 400, '{"role":"owner","tenant_id":"x","status":"shipped"}'],
		["plain text", 415, "{}", { "Content-Type": "text/plain" }],
		["a form", 415, "a=b", { "Content-Type": "application/x-www-form-urlencoded" }],
		["of no type", 415, new TextEncoder().encode("{}"), {}],
		["UTF-16", 415, "{}", { "Content-Type": "application/json; charset=utf-16" }],
		["another JSON type", 415, "{}", { "Content-Type": "application/problem+json" }],
		["compressed", 415, "{}", { ...json, "Content-Encoding": "gzip" }],
		["over 64 KB", 413, JSON.stringify({ reason: "x".repeat(66_000) })],
		["over 64 KB by its own account", 413, "{}", { ...json, "Content-Length": "70000" }],
	])("%s", async (_name, status, body, headers) => {
		const before = await everything(api, tenant.id);
		const answer = await post(body, headers);
		expect([answer.status, answer.body.code]).toEqual([status, codes[status]]);
		expect(answer.body.error).toMatch(/^[A-Z].*\.$/s);
		expect(answer.body.request_id).toBe(answer.headers.get("X-Request-Id"));
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("over 64 KB in chunks, without a length", async () => {
		expect((await post(chunked(70_000))).status).toBe(413);
	});

	test("broken off before its end", async () => {
		const broken = new ReadableStream({
			pull(controller) {
				controller.error(new Error("aborted"));
			},
		});
		expect((await post(broken)).status).toBe(400);
	});

	test("half a million levels deep, where four megabytes fit", async () => {
		expect((await post(nested(500_000), json, list)).status).toBe(400);
	});

	test("one that the kill switch has no use for", async () => {
		const before = await everything(api, tenant.id);
		const answer = await post('{"why":"a"}', json, "/v1/control/killswitch/enable");
		expect(await everything(api, tenant.id)).toEqual(before);
		expect(answer.body).toMatchObject({
			code: "invalid_request",
			fields: [{ path: "why", message: "is not known here" }],
		});
	});
});

describe("a body is taken when it is", () => {
	test.each<[string, BodyInit | null, Record<string, string>?]>([
		["none", null, {}],
		["empty", "", json],
		["empty, of another type", "", { "Content-Type": "text/plain" }],
		["an empty object", "{}"],
		["an empty reason", '{"reason":""}'],
		["of 2,000 characters outside the first plane", JSON.stringify({ reason: "🙂".repeat(2_000) })],
		["said to be UTF-8", "{}", { "Content-Type": "application/json; charset=utf-8" }],
		["said to be UTF-8 in capitals", "{}", { "Content-Type": "Application/JSON;charset=UTF-8" }],
		["one whose key comes twice: the last one counts", '{"reason":"a","reason":"b"}'],
	])("%s", async (_name, body, headers) => {
		expect((await post(body, headers)).status).toBe(200);
	});
});

describe("a query is refused when it is", () => {
	test.each([
		"status=APPROVED",
		"status=",
		"status=proposed&status=proposed",
		"limit=0",
		"limit=-1",
		"limit=201",
		"limit=1e3",
		"limit=0x10",
		"limit=1.5",
		"limit=9999999999999999999",
		"limit=NaN",
		"limit=",
		"limit=+5",
		"limit=05",
		"offset=-1",
		"offset=9223372036854775808",
		"offset=9007199254740993",
		"offset=1e308",
		"project_id=x",
		"project_id=",
		"fields=all",
		"status=%ff",
		"x=%E0%A4%A",
		"x=1&x=2",
	])("%s", async (query) => {
		const answer = await api.ask("GET", `${list}?${query}`, { as: tenant.owner });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
	});

	test.each([
		"/v1/control/actions?limit=101",
		"/v1/control/actions?trace_id=x",
		"/v1/control/actions?cursor=",
		"/v1/projects?include_archived=1",
		"/v1/audit-log?from=yesterday",
		"/v1/audit-log?from=2026-02-30T00:00:00Z",
		"/v1/audit-log?to=2026-01-01",
		"/v1/audit-log?to=infinity",
		"/v1/audit-log?from=0000-01-01T00:00:00Z",
		"/v1/audit-log?event=",
		"/v1/audit-log?cursor=garbage",
	])("%s", async (path) => {
		const answer = await api.ask("GET", path, { as: tenant.owner });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
	});

	test("unknown parameters change nothing", async () => {
		const answer = await api.ask("GET", `${list}?__proto__[x]=1&utm_source=mail`, { as: tenant.owner });
		expect([answer.status, answer.body.total]).toEqual([200, 1]);
	});
});

describe("an id", () => {
	test.each([
		"not-a-uuid",
		"{11111111-2222-4333-8444-555555555555}",
		"11111111222243338444555555555555",
		"11111111-2222-4333-8444-55555555555A",
		"11111111-2222-4333-8444-5555555555555",
		"%00",
		"%0d%0aSet-Cookie:x=1",
		"..%2f..%2fetc",
		"%E0%A4%A",
		"{}",
		"x".repeat(5_000),
	])("%s is malformed: 400", async (bad) => {
		for (const [method, tail] of [
			["GET", ""],
			["GET", "/decisions"],
			["POST", "/approve"],
			["POST", "/reject"],
			["POST", "/rollback"],
		] as const) {
			const answer = await api.ask(method, `${list}/${bad}${tail}`, { as: tenant.owner });
			expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
		}
		expect((await api.ask("GET", `/v1/traces/${bad}`, { as: tenant.owner })).status).toBe(400);
	});

	test.each(["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"])(
		"%s is nobody's: 404",
		async (nobody) => {
			const answer = await api.ask("GET", `${list}/${nobody}`, { as: tenant.owner });
			expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
		},
	);
});

describe("a path", () => {
	test.each([
		"/",
		"/v2",
		"/v1",
		"/v1/none",
		"/v1/prompts/deployments/",
		"/v1//prompts/deployments",
		"/Health",
	])("%s that is none answers 404 in JSON", async (path) => {
		const answer = await api.ask("GET", path, { as: tenant.owner });
		expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
	});

	test.each([
		["PUT", "", "GET, HEAD, POST"],
		["DELETE", "", "GET, HEAD, POST"],
		["OPTIONS", "", "GET, HEAD, POST"],
		["PATCH", "/ID", "GET, HEAD"],
		["GET", "/ID/approve", "POST"],
		["HEAD", "/ID/approve", "POST"],
		["PUT", "/ID/reject", "POST"],
	])("asked by %s%s answers 405 with Allow, and nothing changes", async (method, tail, allow) => {
		const before = await everything(api, tenant.id);
		const path = `${list}${tail.replace("ID", id)}`;
		const headers = { "X-HTTP-Method-Override": "POST" };
		const answer = await api.ask(method, path, { as: tenant.owner, headers });
		expect([answer.status, answer.headers.get("Allow")]).toEqual([405, allow]);
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("answers HEAD as it answers GET, without a body", async () => {
		const answer = await api.ask("HEAD", list, { as: tenant.owner });
		expect([answer.status, answer.body]).toEqual([200, null]);
	});

	test("of the API says nothing to somebody without a token, not even whether it exists", async () => {
		for (const path of [list, "/v1/none", `${list}/x`]) {
			expect((await api.ask("GET", path)).status).toBe(401);
			expect((await api.ask("DELETE", path)).status).toBe(401);
		}
	});
});
