import { createLocalJWKSet, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { openBrowser, openStandIn, testOrigin } from "./test-browser";

test("a person signs in with e-mail address and password in two steps", async () => {
	const standIn = await openStandIn();
	const browser = openBrowser(standIn);

	const first = await (await browser.post("/v1/client/sign_ins", { identifier: "Owner@example.com" })).json();
	expect(first.response).toMatchObject({
		status: "needs_first_factor",
		identifier: "owner@example.com",
		supported_first_factors: [{ strategy: "password" }],
	});
	expect(first.client.sessions).toEqual([]);

	const attempt = `/v1/client/sign_ins/${first.response.id}/attempt_first_factor`;
	const second = await (
		await browser.post(attempt, { strategy: "password", password: "countersign" })
	).json();
	const [session] = second.client.sessions;
	expect(second.response).toMatchObject({ status: "complete", created_session_id: session.id });
	expect(second.client).toMatchObject({ sign_in: null, last_active_session_id: session.id });
	expect(session).toMatchObject({
		status: "active",
		last_active_organization_id: "org_sampleAcme",
		user: { first_name: "Olive", organization_memberships: [{ role: "org:owner" }] },
	});

	const touched = await (await browser.post(`/v1/client/sessions/${session.id}/touch`)).json();
	expect(touched.response.last_active_token.jwt).toMatch(/^ey/);
	expect((await (await browser.get("/v1/client")).json()).response.sessions).toHaveLength(1);
});

test("an unknown e-mail address is refused at its field", async () => {
	const browser = openBrowser(await openStandIn());
	const response = await browser.post("/v1/client/sign_ins", { identifier: "owner" });
	expect(response.status).toBe(422);
	expect(await response.json()).toMatchObject({
		errors: [{ code: "form_identifier_not_found", meta: { param_name: "identifier" } }],
	});
});

test("a wrong password is refused at its field, and the right one then works", async () => {
	const browser = openBrowser(await openStandIn());
	const { response } = await (
		await browser.post("/v1/client/sign_ins", { identifier: "viewer@example.com" })
	).json();
	const attempt = `/v1/client/sign_ins/${response.id}/attempt_first_factor`;

	const wrong = await browser.post(attempt, { strategy: "password", password: "guess" });
	expect(wrong.status).toBe(422);
	expect(await wrong.json()).toMatchObject({
		errors: [{ code: "form_password_incorrect", meta: { param_name: "password" } }],
	});
	expect((await browser.post(attempt, { strategy: "password", password: "countersign" })).status).toBe(200);
});

test("one browser cannot finish the sign-in of another", async () => {
	const standIn = await openStandIn();
	const started = await openBrowser(standIn).post("/v1/client/sign_ins", { identifier: "owner@example.com" });
	const { response } = await started.json();
	const stranger = openBrowser(standIn);
	const attempt = `/v1/client/sign_ins/${response.id}/attempt_first_factor`;
	expect((await stranger.post(attempt, { strategy: "password", password: "countersign" })).status).toBe(404);
});

test("a session token carries the claims of Clerk's and verifies against the published keys", async () => {
	const standIn = await openStandIn();
	const browser = openBrowser(standIn);
	const { response } = await browser.signIn("member@example.com");
	const tokens = await browser.post(`/v1/client/sessions/${response.created_session_id}/tokens`);
	const { jwt } = await tokens.json();

	const keySet = createLocalJWKSet(await (await standIn.app.request("/.well-known/jwks.json")).json());
	const { payload, protectedHeader } = await jwtVerify(jwt, keySet, { issuer: standIn.keys.issuer });
	const nowSeconds = Math.floor(standIn.clock.now.getTime() / 1000);
	expect(protectedHeader).toMatchObject({ alg: "RS256", kid: standIn.keys.kid });
	expect(payload).toMatchObject({
		v: 2,
		sub: "user_sampleMember",
		sid: response.created_session_id,
		azp: testOrigin,
		iat: nowSeconds,
		nbf: nowSeconds - 10,
		exp: nowSeconds + 60,
		fva: [0, -1],
		sts: "active",
		o: { id: "org_sampleAcme", slg: "acme", rol: "member" },
	});
});

test("a session cannot be turned to an organization that is not the person's", async () => {
	const browser = openBrowser(await openStandIn());
	const { response } = await browser.signIn("owner@example.com");
	const touch = `/v1/client/sessions/${response.created_session_id}/touch`;
	expect((await browser.post(touch, { active_organization_id: "org_sampleAcme" })).status).toBe(200);
	expect((await browser.post(touch, { active_organization_id: "org_sampleOther" })).status).toBe(404);
});

test("after signing out the browser has no session and gets no token", async () => {
	const browser = openBrowser(await openStandIn());
	const { response } = await browser.signIn("owner@example.com");
	const signedOut = await (await browser.sendAs("DELETE", "/v1/client/sessions")).json();
	expect(signedOut.client).toMatchObject({ sessions: [], last_active_session_id: null });
	expect((await browser.post(`/v1/client/sessions/${response.created_session_id}/tokens`)).status).toBe(401);
});

test.each(["end", "remove"])("a session that was told to %s gives no more tokens", async (verb) => {
	const browser = openBrowser(await openStandIn());
	const session = `/v1/client/sessions/${(await browser.signIn("owner@example.com")).response.created_session_id}`;
	expect((await browser.post(`${session}/${verb}`)).status).toBe(200);
	expect((await browser.post(`${session}/tokens`)).status).toBe(401);
});

test("a sign-in ends after a week", async () => {
	const standIn = await openStandIn();
	const browser = openBrowser(standIn);
	await browser.signIn("owner@example.com");
	standIn.clock.now = new Date(standIn.clock.now.getTime() + 8 * 24 * 60 * 60 * 1000);
	expect((await (await browser.get("/v1/client")).json()).response.sessions).toEqual([]);
});

test("the cookie that names the browser is out of reach of scripts", async () => {
	const standIn = await openStandIn();
	const response = await openBrowser(standIn).post("/v1/client/sign_ins", {
		identifier: "owner@example.com",
	});
	const [cookie] = response.headers.getSetCookie();
	expect(cookie).toMatch(new RegExp(`^__client_${standIn.keys.cookieSuffix}=`));
	expect(cookie).toContain("HttpOnly");
	expect(cookie).toContain("SameSite=Lax");
});
