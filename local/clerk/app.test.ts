import { expect, test } from "vitest";
import { openBrowser, openStandIn } from "./test-browser";

test("health answers without a key", async () => {
	const { app } = await openStandIn();
	expect((await app.request("/health")).status).toBe(200);
});

test.each(["/v1/client", "/v1/environment", "/v1/jwks", "/v1/users/user_sampleOwner"])(
	"%s is refused without the secret key or with another",
	async (address) => {
		const { app } = await openStandIn();
		const another = "sk_test_another";
		expect((await app.request(address)).status).toBe(401);
		expect((await app.request(address, { headers: { "clerk-secret-key": another } })).status).toBe(401);
		expect((await app.request(address, { headers: { authorization: `Bearer ${another}` } })).status).toBe(
			401,
		);
	},
);

test("a write that comes from a page of another origin is refused", async () => {
	const { app, keys } = await openStandIn();
	const response = await app.request("/v1/client/sign_ins", {
		method: "POST",
		headers: { "clerk-secret-key": keys.secretKey, origin: "http://localhost:9999" },
	});
	expect(response.status).toBe(400);
	expect(await response.json()).toMatchObject({ errors: [{ code: "origin_invalid" }] });
});

test("Clerk's script learns that organizations are on and sign-up is closed", async () => {
	const response = await openBrowser(await openStandIn()).sendAs("PATCH", "/v1/environment");
	expect(await response.json()).toMatchObject({
		organization_settings: { enabled: true },
		user_settings: { sign_up: { mode: "restricted" } },
	});
});

test("a person reads their own organization and no other", async () => {
	const browser = openBrowser(await openStandIn());
	expect((await browser.get("/v1/me/organization_memberships")).status).toBe(401);
	await browser.signIn("viewer@example.com");

	const own = await (await browser.get("/v1/me/organization_memberships")).json();
	expect(own.response).toMatchObject({
		total_count: 1,
		data: [{ role: "org:viewer", organization: { slug: "acme" } }],
	});
	const members = await (await browser.get("/v1/organizations/org_sampleAcme/memberships")).json();
	expect(members.response.total_count).toBe(4);
	expect((await browser.get("/v1/organizations/org_sampleOther/memberships")).status).toBe(403);
});

test("an address that the stand-in does not offer gets Clerk's envelope", async () => {
	const response = await openBrowser(await openStandIn()).get("/v1/client/unheard_of");
	expect(response.status).toBe(404);
	expect(await response.json()).toMatchObject({ errors: [{ code: "resource_not_found" }] });
});
