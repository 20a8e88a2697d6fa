import { createHmac, createPublicKey, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { everything, insertDeployment } from "@/test/rows";
import { authorizedParty, claimsOf, issuer, publicKeyPem, signToken } from "@/test/tokens";
import { ApiError } from "../errors/api-error";
import { readRsaPublicKey } from "./public-key";
import { createVerifyCaller } from "./verify-caller";

const path = "/v1/prompts/deployments";
let api: TestApi;
let tenant: TestTenant;
let seconds: number;
beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
	seconds = api.clock().getTime() / 1000;
});
afterAll(() => api.close());

const ownerClaims = () => claimsOf({ ...tenant.owner, userId: "user_owner" }, api.clock());
const get = (authorization: string | null, to = path, method = "GET") =>
	api.send(to, { method, headers: authorization === null ? {} : { Authorization: authorization } });
const getWith = async (claims: Record<string, unknown>) => get(`Bearer ${await signToken(claims)}`);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a token as Clerk writes it is let in, and the first one gives its organization a tenant", async () => {
	const organizationId = "org_neverSeenBefore";
	const person = { organizationId, userId: "user_a", role: "viewer" as const };
	expect((await getWith(claimsOf(person, api.clock()))).status).toBe(200);
	expect((await getWith(claimsOf(person, api.clock()))).status).toBe(200);
});

test("a token that was let in is refused from the second on in which it has run out", async () => {
	const clock = { now: new Date("2026-11-22T10:00:00Z") };
	const rules = {
		key: createPublicKey(publicKeyPem()),
		issuer,
		authorizedParties: [authorizedParty],
	};
	const verify = createVerifyCaller(rules, () => clock.now);
	const person = { ...tenant.owner, userId: "user_owner" };
	const header = `Bearer ${await signToken(claimsOf(person, clock.now))}`;
	for (const [second, isLetIn] of [
		[0, true],
		[0.5, true],
		[64.9, true],
		[65, false],
		[64, true],
		[-120, false],
	] as const) {
		clock.now = new Date(Date.UTC(2026, 10, 22, 10, 0, 0) + second * 1_000);
		const outcome = await verify(header).then(
			({ actor }) => actor.id,
			(error: unknown) => (error instanceof ApiError ? error.code : error),
		);
		expect([second, outcome]).toEqual([second, isLetIn ? "user_owner" : "unauthenticated"]);
	}
});

describe("401 with WWW-Authenticate answers", () => {
	test.each<[string, (token: string) => string | null]>([
		["no header", () => null],
		["garbage", () => "Bearer a.b.c"],
		["nine kilobytes", () => `Bearer ${"x".repeat(9_000)}`],
		["Basic", (token) => `Basic ${token}`],
		["the token alone", (token) => token],
		["a scheme in lower case", (token) => `bearer ${token}`],
		["two spaces", (token) => `Bearer  ${token}`],
		["a tab", (token) => `Bearer\t${token}`],
		["two headers in one", (token) => `Bearer ${token}, Bearer ${token}`],
		["a token with = appended", (token) => `Bearer ${token}=`],
		["a token without its signature", (token) => `Bearer ${token.slice(0, token.lastIndexOf(".") + 1)}`],
		["an API key", () => "Bearer tl_0123456789abcdef"],
	])("%s", async (_name, header) => {
		const answer = await get(header(await signToken(ownerClaims())));
		expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
		expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
	});

	test.each<[string, () => Record<string, unknown>]>([
		["expired six seconds ago", () => ({ exp: seconds - 6 })],
		["no exp", () => ({ exp: undefined })],
		["exp in words", () => ({ exp: "tomorrow" })],
		["nbf in two minutes", () => ({ nbf: seconds + 120 })],
		["iat in two minutes", () => ({ iat: seconds + 120 })],
		["no iat", () => ({ iat: undefined })],
		["another issuer", () => ({ iss: "https://clerk.evil.test" })],
		["the issuer with a slash", () => ({ iss: `${issuer}/` })],
		["no issuer", () => ({ iss: undefined })],
		["another azp", () => ({ azp: "http://evil.test" })],
		["no azp", () => ({ azp: undefined })],
		["azp as a list", () => ({ azp: [authorizedParty] })],
		["no sub", () => ({ sub: undefined })],
		["a sub that looks like the product", () => ({ sub: "system:autoship" })],
		["an empty sub", () => ({ sub: "" })],
		["a pending session", () => ({ sts: "pending" })],
		["sts null", () => ({ sts: null })],
	])("%s", async (_name, change) => {
		const answer = await getWith({ ...ownerClaims(), ...change() });
		expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
		expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
	});

	test("HS256 signed with the public key", async () => {
		const body = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url(ownerClaims())}`;
		const signature = createHmac("sha256", publicKeyPem()).update(body).digest("base64url");
		expect((await get(`Bearer ${body}.${signature}`)).status).toBe(401);
	});

	test("alg none", async () => {
		const body = `${base64url({ alg: "none", typ: "JWT" })}.${base64url(ownerClaims())}`;
		expect((await get(`Bearer ${body}.`)).status).toBe(401);
		expect((await get(`Bearer ${body}.AA`)).status).toBe(401);
	});

	test("another RSA key, also when the token brings it along", async () => {
		const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
		const jwk = publicKey.export({ format: "jwk" });
		for (const header of [{}, { jwk }, { jku: "https://evil.test/jwks", kid: "../../x" }]) {
			const token = await signToken(ownerClaims(), { key: privateKey, header });
			expect((await get(`Bearer ${token}`)).status).toBe(401);
		}
	});

	test("an access token of another kind", async () => {
		const token = await signToken(ownerClaims(), { header: { typ: "at+jwt" } });
		expect((await get(`Bearer ${token}`)).status).toBe(401);
	});
});

describe("within five seconds of skew", () => {
	test.each<[string, () => Record<string, unknown>]>([
		["exp just past", () => ({ exp: seconds - 4 })],
		["nbf just ahead", () => ({ nbf: seconds + 4 })],
		["iat just ahead", () => ({ iat: seconds + 4 })],
		["no sts", () => ({ sts: undefined })],
		["no nbf", () => ({ nbf: undefined })],
	])("%s is let in", async (_name, change) => {
		expect((await getWith({ ...ownerClaims(), ...change() })).status).toBe(200);
	});
});

describe("403 answers", () => {
	test.each<[string, Record<string, unknown>]>([
		["no organization", { o: undefined }],
		["only v1 claims", { o: undefined, org_id: "org_a", org_role: "org:owner" }],
		["an organization that is no id of one", { o: { id: "user_a", rol: "owner" } }],
		["an organization id that is a list", { o: { id: ["org_a"], rol: "owner" } }],
		["an organization that is a list", { o: ["org_a"] }],
		["an organization of null", { o: null }],
	])("%s, as no_organization", async (_name, change) => {
		const answer = await getWith({ ...ownerClaims(), ...change });
		expect([answer.status, answer.body.code]).toEqual([403, "no_organization"]);
	});

	test.each(["admin", "OWNER", "owner ", "__proto__", "", ["owner"], { owner: true }, null, undefined])(
		"the role %j, on reads too",
		async (rol) => {
			const organization = { id: tenant.organizationId, rol };
			for (const to of [path, "/v1/projects", "/v1/control/killswitch", "/v1/audit-log", "/v1/none"]) {
				const token = await signToken({ ...ownerClaims(), o: organization });
				const answer = await get(`Bearer ${token}`, to);
				expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
			}
		},
	);

	test("writes of somebody who acts as another person; reads go through", async () => {
		const id = await insertDeployment(api, tenant.id);
		const before = await everything(api, tenant.id);
		const authorization = `Bearer ${await signToken({ ...ownerClaims(), act: { sub: "user_support" } })}`;
		for (const to of [`${path}/${id}/approve`, `${path}/${id}/reject`, "/v1/control/killswitch/enable"]) {
			const answer = await get(authorization, to, "POST");
			expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
			expect(answer.body.error).toContain("signed in as somebody else");
		}
		expect(await everything(api, tenant.id)).toEqual(before);
		expect((await get(authorization, `${path}/${id}`)).status).toBe(200);
	});
});

describe("headers that claim to be somebody", () => {
	test("change nothing", async () => {
		const id = await insertDeployment(api, tenant.id);
		const answer = await api.ask("POST", `${path}/${id}/approve`, {
			as: tenant.viewer,
			headers: { "X-User-ID": "user_owner", "X-Org-Role": "owner", "X-Forwarded-For": "1.2.3.4" },
		});
		expect(answer.status).toBe(403);
	});
});

describe("without CLERK_JWT_KEY", () => {
	test("the key comes from the issuer's key set, and a missing key set is 503, not 401", async () => {
		const jwk = createPublicKey(publicKeyPem()).export({ format: "jwk" });
		let isUp = true;
		const server = createServer((request, response) => {
			const isKeySet = isUp && request.url === "/.well-known/jwks.json";
			response.writeHead(isKeySet ? 200 : 500, { "Content-Type": "application/json" });
			response.end(JSON.stringify({ keys: [{ ...jwk, alg: "RS256", use: "sig", kid: "a" }] }));
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const rules = { key: null, issuer: local, authorizedParties: [authorizedParty] };
		const header = { kid: "a" };
		const token = await signToken({ ...ownerClaims(), iss: local }, { header });
		const caller = await createVerifyCaller(rules, api.clock)(`Bearer ${token}`);
		expect(caller).toMatchObject({ organizationId: tenant.organizationId, role: "owner" });
		isUp = false;
		await expect(createVerifyCaller(rules, api.clock)(`Bearer ${token}`)).rejects.toMatchObject({
			code: "overloaded",
		});
		server.close();
		server.closeAllConnections();
		await expect(createVerifyCaller(rules, api.clock)(`Bearer ${token}`)).rejects.toMatchObject({
			code: "overloaded",
		});
	});
});

describe("readRsaPublicKey", () => {
	test.each<[string, (pem: string) => string]>([
		["as it is", (pem) => pem],
		["on one line", (pem) => pem.replaceAll("\n", "")],
		["with spaces for line breaks", (pem) => pem.trim().replaceAll("\n", " ")],
		["with \\n spelled out", (pem) => pem.replaceAll("\n", "\\n")],
		["with Windows line breaks", (pem) => pem.replaceAll("\n", "\r\n")],
	])("reads PEM %s", (_name, spoil) => {
		const key = readRsaPublicKey(spoil(publicKeyPem()));
		expect(key?.export({ format: "pem", type: "spki" })).toBe(publicKeyPem());
	});

	test("refuses what is no RSA public key", () => {
		const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
		const { publicKey } = generateKeyPairSync("ed25519");
		for (const text of [
			"",
			"x",
			"-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----",
			privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
			publicKey.export({ format: "pem", type: "spki" }).toString(),
		]) {
			expect(readRsaPublicKey(text)).toBeNull();
		}
	});
});
