import { createHash, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "@/lib/contract/role";
import { keyOperations } from "@/lib/rules/authority";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { auditTrail, decisionTrail, everything, insertDeployment } from "@/test/rows";
import { apiKeys, idempotencyKeys } from "../db/schema";

const deployments = "/v1/prompts/deployments";
let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
});
afterAll(() => api.close());

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

async function makeKey(parts: { role?: Role; scopes?: string[]; of?: TestTenant; name?: string } = {}) {
	const { of = tenant, role = "owner", scopes, name = "CI" } = parts;
	const answer = await api.ask("POST", "/v1/apikeys", { as: of.owner, body: { name, role, scopes } });
	expect(answer.status).toBe(201);
	const { id, key } = answer.body as { id: string; key: string };
	const ask = (method: string, path: string, body?: unknown) =>
		api.ask(method, path, { headers: bearer(key), body });
	return { id, key, ask, record: answer.body };
}

const keysOf = (tenantId: string) => api.orm.select().from(apiKeys).where(eq(apiKeys.tenantId, tenantId));

describe("making an API key", () => {
	test("shows it once, stores its hash alone, and is in the audit log", async () => {
		const own = await api.makeTenant();
		const body = { name: "Nightly import", role: "member", scopes: ["read"] };
		const { status, body: made } = await api.ask("POST", "/v1/apikeys", { as: own.owner, body });
		const { key, ...record } = made;
		expect(status).toBe(201);
		expect(key).toMatch(/^tl_[A-Za-z0-9_-]{43}$/);
		expect(record).toEqual({
			...body,
			id: expect.any(String),
			prefix: key.slice(0, 9),
			created_by: "user_owner",
			created_at: api.clock().toISOString(),
			last_used_at: null,
			revoked_at: null,
			revoked_by: null,
		});
		const [stored] = await keysOf(own.id);
		expect(stored?.keyHash).toBe(createHash("sha256").update(key).digest("hex"));
		expect((await auditTrail(api, own.id)).at(-1)).toMatchObject({
			event: "api_key.created",
			actorType: "user",
			actorId: "user_owner",
			resourceId: made.id,
			metadata: { ...body, prefix: record.prefix },
		});
		const kept = [stored, await auditTrail(api, own.id), api.logLines];
		expect(JSON.stringify(kept)).not.toContain(key.slice(9));
	});

	test("makes another key each time", async () => {
		const keys = [];
		for (let number = 0; number < 20; number += 1) keys.push((await makeKey()).key);
		expect(new Set(keys).size).toBe(20);
	});

	test("with an Idempotency-Key makes one; the repeat has the record, and nothing has kept the key", async () => {
		const own = await api.makeTenant();
		const asked = {
			as: own.owner,
			body: { name: "CI", role: "viewer" },
			headers: { "Idempotency-Key": "once" },
		};
		const first = await api.ask("POST", "/v1/apikeys", asked);
		const second = await api.ask("POST", "/v1/apikeys", asked);
		const { key, ...record } = first.body;
		expect([second.status, second.body]).toEqual([201, record]);
		expect(second.headers.get("Idempotency-Replayed")).toBe("true");
		expect(await keysOf(own.id)).toHaveLength(1);
		const kept = await api.orm.select().from(idempotencyKeys).where(eq(idempotencyKeys.tenantId, own.id));
		expect(kept).toHaveLength(1);
		expect(JSON.stringify(kept)).not.toContain(key);
		expect((await api.ask("GET", "/v1/projects", { headers: bearer(key) })).status).toBe(200);
	});

	test.each<[string, Record<string, unknown>]>([
		["name", { name: undefined }],
		["name", { name: "" }],
		["name", { name: " \u200b" }],
		["name", { name: "x".repeat(101) }],
		["name", { name: "a\nb" }],
		["role", { role: "admin" }],
		["role", { role: undefined }],
		["scopes", { scopes: [] }],
		["scopes", { scopes: ["read", "read"] }],
		["scopes", { scopes: "read" }],
		["scopes", { scopes: null }],
		["scopes.0", { scopes: ["everything"] }],
		["scopes.1", { scopes: ["read", "approve"] }],
		["scopes.0", { role: "owner", scopes: ["manage_api_keys"] }],
		["key", { key: "tl_mine" }],
		["expires_at", { expires_at: "2027-01-01T00:00:00Z" }],
	])("names %s in a 400 for %j", async (field, change) => {
		const before = await keysOf(tenant.id);
		const body = { name: "CI", role: "viewer", ...change };
		const answer = await api.ask("POST", "/v1/apikeys", { as: tenant.owner, body });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
		expect(answer.body.fields.map(({ path }: { path: string }) => path)).toEqual([field]);
		expect(await keysOf(tenant.id)).toHaveLength(before.length);
	});
});

test("the list has the tenant's keys, newest first, the revoked ones too, and never a key or its hash", async () => {
	const [own, other] = [await api.makeTenant(), await api.makeTenant()];
	await makeKey({ of: other });
	const made = [];
	for (const name of ["A", "B", "C"]) {
		api.pass(1_000);
		made.unshift(await makeKey({ of: own, name, role: "viewer" }));
	}
	await api.ask("DELETE", `/v1/apikeys/${made[1]?.id}`, { as: own.owner });
	const { status, body } = await api.ask("GET", "/v1/apikeys", { as: own.owner });
	expect(status).toBe(200);
	expect(body.api_keys.map(({ id }: { id: string }) => id)).toEqual(made.map(({ id }) => id));
	expect(body.api_keys.map(({ revoked_by }: { revoked_by: string | null }) => revoked_by)).toEqual([
		null,
		"user_owner",
		null,
	]);
	const text = JSON.stringify(body);
	for (const { key } of made) {
		expect(text).not.toContain(key);
		expect(text).not.toContain(createHash("sha256").update(key).digest("hex"));
	}
});

describe("revoking an API key", () => {
	test("holds from the next request on, is in the audit log, and happens once", async () => {
		const own = await api.makeTenant();
		const { id, ask, key } = await makeKey({ of: own });
		expect((await ask("GET", "/v1/projects")).status).toBe(200);
		const revoke = () => api.ask("DELETE", `/v1/apikeys/${id}`, { as: own.owner });
		const first = await revoke();
		const at = api.clock().toISOString();
		expect([first.status, first.body]).toMatchObject([200, { id, revoked_at: at, revoked_by: "user_owner" }]);
		expect(JSON.stringify(first.body)).not.toContain(key);
		expect((await ask("GET", "/v1/projects")).status).toBe(401);
		expect((await ask("POST", "/v1/control/killswitch/enable")).status).toBe(401);
		const entries = await auditTrail(api, own.id);
		expect(entries.at(-1)).toMatchObject({
			event: "api_key.revoked",
			actorId: "user_owner",
			resourceId: id,
			metadata: { name: "CI", role: "owner", scopes: null },
		});
		api.pass(1_000);
		const second = await revoke();
		expect([second.status, second.body]).toMatchObject([
			409,
			{ code: "already_revoked", current: { status: "revoked", by: "user_owner", at } },
		]);
		expect(await auditTrail(api, own.id)).toEqual(entries);
	});

	test("has one winner of ten who do it at once", async () => {
		const { id } = await makeKey();
		const answers = await Promise.all(
			Array.from({ length: 10 }, () => api.ask("DELETE", `/v1/apikeys/${id}`, { as: tenant.owner })),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
	});

	test("is 404 for another tenant's key and for none, in the same words", async () => {
		const other = await api.makeTenant();
		const foreign = await makeKey({ of: other });
		const told = [];
		for (const id of [foreign.id, randomUUID()]) {
			for (const as of [tenant.owner, tenant.member]) {
				const { status, body } = await api.ask("DELETE", `/v1/apikeys/${id}`, { as });
				told.push({ status, ...body, request_id: "" });
			}
		}
		expect(told).toEqual(
			Array(4).fill({
				status: 404,
				error: "There is no such API key.",
				code: "not_found",
				request_id: "",
			}),
		);
		expect((await foreign.ask("GET", "/v1/projects")).status).toBe(200);
	});
});

test("members, viewers and API keys of any role can neither make, list nor revoke keys", async () => {
	const own = await api.makeTenant();
	const { id } = await makeKey({ of: own, name: "Target" });
	const sentences: Record<string, string> = {
		member: "Only owners can manage API keys. You are a member.",
		viewer: "Only owners can manage API keys. You are a viewer.",
	};
	const askers = [];
	for (const role of ["member", "viewer"] as const) {
		askers.push({
			why: sentences[role],
			ask: (method: string, path: string, body?: unknown) => api.ask(method, path, { as: own[role], body }),
		});
	}
	for (const role of ["owner", "member", "viewer"] as const) {
		const { ask } = await makeKey({ of: own, role });
		await ask("GET", "/v1/projects");
		askers.push({ why: "Only people can manage API keys; an API key cannot.", ask });
	}
	const before = [await keysOf(own.id), await everything(api, own.id)];
	for (const { why, ask } of askers) {
		const answers = [
			await ask("POST", "/v1/apikeys", { name: "Child", role: "viewer" }),
			await ask("GET", "/v1/apikeys"),
			await ask("DELETE", `/v1/apikeys/${id}`),
		];
		for (const { status, body } of answers) expect([status, body.error]).toEqual([403, why]);
	}
	expect([await keysOf(own.id), await everything(api, own.id)]).toEqual(before);
});

describe("with an API key", () => {
	test("an owner's key decides, and is named as what it is in all that is kept", async () => {
		const own = await api.makeTenant();
		const { id: keyId, ask } = await makeKey({ of: own });
		const id = await insertDeployment(api, own.id);
		const { status, body } = await ask("POST", `${deployments}/${id}/approve`);
		expect([status, body.approved_by]).toEqual([200, `api_key:${keyId}`]);
		const actor = { actorType: "api_key", actorId: keyId };
		expect(await decisionTrail(api, own.id)).toMatchObject([{ ...actor, decision: "approve" }]);
		expect((await auditTrail(api, own.id)).at(-1)).toMatchObject({ ...actor, event: "deployment.approved" });
		const { body: log } = await api.ask("GET", "/v1/audit-log", { as: own.viewer });
		expect(log.entries[0]).toMatchObject({ actor_type: "api_key", actor_id: keyId });
	});

	test.each<[Role, string, number]>([
		["member", "Only owners can approve a deployment. This API key has the role member.", 403],
		["viewer", "Only owners can approve a deployment. This API key has the role viewer.", 200],
	])("of the role %s one reads and does not decide", async (role, why, ofAuditLog) => {
		const { ask } = await makeKey({ role });
		const id = await insertDeployment(api, tenant.id);
		expect((await ask("GET", `${deployments}/${id}`)).status).toBe(200);
		const { status, body } = await ask("POST", `${deployments}/${id}/approve`);
		expect([status, body.error]).toEqual([403, why]);
		expect((await ask("GET", "/v1/audit-log")).status).toBe(ofAuditLog);
	});

	test("scopes hold for reads and writes alike", async () => {
		const id = await insertDeployment(api, tenant.id);
		const reader = await makeKey({ scopes: ["read"] });
		const approver = await makeKey({ scopes: ["approve"] });
		expect((await reader.ask("GET", `${deployments}/${id}`)).status).toBe(200);
		const refused = await reader.ask("POST", `${deployments}/${id}/approve`);
		expect([refused.status, refused.body.error]).toEqual([
			403,
			"This API key is not allowed to approve a deployment.",
		]);
		for (const path of ["", `/${id}`, `/${id}/decisions`]) {
			const unread = await approver.ask("GET", `${deployments}${path}`);
			expect([unread.status, unread.body.error]).toEqual([403, "This API key is not allowed to read this."]);
		}
		expect((await approver.ask("POST", `${deployments}/${id}/reject`)).status).toBe(403);
		expect((await approver.ask("POST", `${deployments}/${id}/approve`)).status).toBe(200);
	});

	test("every scope can be given to an owner's key", async () => {
		const { record } = await makeKey({ scopes: keyOperations });
		expect(record.scopes).toEqual(keyOperations);
	});

	test("another tenant's row is not there", async () => {
		const other = await api.makeTenant();
		const id = await insertDeployment(api, other.id);
		const { ask } = await makeKey();
		expect((await ask("GET", `${deployments}/${id}`)).status).toBe(404);
		expect((await ask("POST", `${deployments}/${id}/approve`)).status).toBe(404);
		expect((await ask("GET", deployments)).body.items).not.toContainEqual(expect.objectContaining({ id }));
	});

	test("a role that is not known any more may do nothing", async () => {
		const { id, ask } = await makeKey();
		await api.orm.execute(sql`update api_keys set role = 'admin' where id = ${id}`);
		const answer = await ask("GET", "/v1/projects");
		expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
	});
});

describe("401, in the very bytes that answer an invalid token, is what", () => {
	const wholeAnswer = async (authorization: string, to = "/v1/projects") => {
		const response = await api.app.request(to, {
			headers: { Authorization: authorization, "X-Request-Id": "same" },
		});
		return { status: response.status, headers: [...response.headers], text: await response.text() };
	};

	test.each<[string, (key: string) => string]>([
		["an unknown key", () => `tl_${"A".repeat(43)}`],
		["a key with its last character changed", (key) => key.slice(0, -1) + (key.endsWith("A") ? "B" : "A")],
		["a key in upper case", (key) => key.toUpperCase()],
		["the prefix of a key", (key) => key.slice(0, 9)],
		["tl_ alone", () => "tl_"],
		["a key and more", (key) => `${key}A`],
		["a key and a space", (key) => `${key} x`],
		["a key twice", (key) => `${key}, Bearer ${key}`],
		["a key with dots, like a token", () => "tl_a.b.c"],
		["the hash of a key", (key) => `tl_${createHash("sha256").update(key).digest("hex")}`],
		["a key of nine kilobytes", () => `tl_${"x".repeat(9_000)}`],
		["SQL", () => "tl_' or 1=1 --"],
	])("%s gets", async (_name, spoil) => {
		const { key } = await makeKey();
		const ofToken = await wholeAnswer("Bearer a.b.c");
		expect(ofToken.status).toBe(401);
		expect(await wholeAnswer(`Bearer ${spoil(key)}`)).toEqual(ofToken);
	});

	test("a revoked key gets, on every path", async () => {
		const { id, key } = await makeKey();
		await api.ask("DELETE", `/v1/apikeys/${id}`, { as: tenant.owner });
		for (const to of ["/v1/projects", deployments, "/v1/apikeys", "/v1/none"]) {
			expect(await wholeAnswer(`Bearer ${key}`, to)).toEqual(await wholeAnswer("Bearer a.b.c", to));
		}
	});

	test("a key under another scheme or name gets", async () => {
		const { key } = await makeKey();
		const ofToken = await wholeAnswer("Bearer a.b.c");
		for (const header of [key, `bearer ${key}`, `Basic ${key}`, `Bearer  ${key}`]) {
			expect(await wholeAnswer(header)).toEqual(ofToken);
		}
	});
});

describe("last_used_at", () => {
	const lastUsed = async (id: string) => {
		const [row] = await api.orm.select().from(apiKeys).where(eq(apiKeys.id, id));
		return row?.lastUsedAt?.toISOString() ?? null;
	};

	test("is written at most once a minute", async () => {
		const { id, ask } = await makeKey();
		expect(await lastUsed(id)).toBeNull();
		const first = api.clock().toISOString();
		await Promise.all(Array.from({ length: 5 }, () => ask("GET", "/v1/projects")));
		expect(await lastUsed(id)).toBe(first);
		api.pass(59_999);
		await ask("GET", "/v1/projects");
		expect(await lastUsed(id)).toBe(first);
		api.pass(1);
		await ask("GET", "/v1/projects");
		expect(await lastUsed(id)).toBe(api.clock().toISOString());
	});

	test("is written for a refused request too, and not by a revoked key", async () => {
		const { id, ask } = await makeKey({ role: "viewer" });
		const at = api.clock().toISOString();
		expect((await ask("POST", "/v1/control/killswitch/enable")).status).toBe(403);
		expect(await lastUsed(id)).toBe(at);
		await api.ask("DELETE", `/v1/apikeys/${id}`, { as: tenant.owner });
		api.pass(60_000);
		await ask("GET", "/v1/projects");
		expect(await lastUsed(id)).toBe(at);
	});

	test("fails no request when it cannot be written, and the log has the reason", async () => {
		const { id, ask } = await makeKey();
		await api.orm.execute(sql`
			create function refuse_use() returns trigger language plpgsql as $$
			begin raise exception 'no room left'; end $$
		`);
		await api.orm.execute(sql`
			create trigger refuse_use before update of last_used_at on api_keys for each row execute function refuse_use()
		`);
		try {
			const answer = await ask("GET", "/v1/projects");
			expect(answer.status).toBe(200);
			const line = api.logLines.find(({ request_id }) => request_id === answer.headers.get("X-Request-Id"));
			expect(line).toMatchObject({ status: 200, actor_id: id, cause: { name: "QueryError" } });
			expect(await lastUsed(id)).toBeNull();
		} finally {
			await api.orm.execute(sql`drop trigger refuse_use on api_keys`);
			await api.orm.execute(sql`drop function refuse_use`);
		}
	});
});
