import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { type OpenStandIn, openBrowser, openStandIn } from "./test-browser";

function callBackend({ app, keys }: OpenStandIn, address: string, init: RequestInit = {}) {
	const headers = { authorization: `Bearer ${keys.secretKey}`, "content-type": "application/json" };
	return app.request(address, { ...init, headers });
}

const memberOfAcme = "/v1/organizations/org_sampleAcme/memberships/user_sampleMember";

test("a changed role is in the next token, and outlives a restart", async () => {
	const standIn = await openStandIn();
	const browser = openBrowser(standIn);
	const { response } = await browser.signIn("member@example.com");
	const tokens = `/v1/client/sessions/${response.created_session_id}/tokens`;

	const body = JSON.stringify({ role: "org:viewer" });
	const changed = await callBackend(standIn, memberOfAcme, { method: "PATCH", body });
	expect(await changed.json()).toMatchObject({ role: "org:viewer" });
	const { jwt } = await (await browser.post(tokens)).json();
	expect(decodeJwt(jwt).o).toMatchObject({ rol: "viewer" });

	const restarted = await openStandIn({ dataDir: standIn.dataDir });
	const user = await (await callBackend(restarted, "/v1/users/user_sampleMember")).json();
	expect(user.organization_memberships).toMatchObject([{ role: "org:viewer" }]);
});

test.each([
	[memberOfAcme, '{"role":"org:admin"}', 422],
	[memberOfAcme, "not JSON", 422],
	["/v1/organizations/org_sampleOther/memberships/user_sampleMember", '{"role":"org:owner"}', 404],
	["/v1/organizations/org_sampleAcme/memberships/user_nobody", '{"role":"org:owner"}', 404],
])("PATCH %s with %s is refused", async (address, body, status) => {
	const response = await callBackend(await openStandIn(), address, { method: "PATCH", body });
	expect(response.status).toBe(status);
});

test("servers find a person, their memberships and the keys", async () => {
	const standIn = await openStandIn();
	const user = await (await callBackend(standIn, "/v1/users/user_sampleOwner")).json();
	expect(user).toMatchObject({
		id: "user_sampleOwner",
		email_addresses: [{ email_address: "owner@example.com" }],
	});
	expect((await callBackend(standIn, "/v1/users/user_nobody")).status).toBe(404);
	const keySet = await (await callBackend(standIn, "/v1/jwks")).json();
	expect(keySet.keys).toMatchObject([{ kid: standIn.keys.kid, alg: "RS256" }]);
	const one = await callBackend(
		standIn,
		"/v1/organizations/org_sampleAcme/memberships?user_id=user_sampleViewer",
	);
	expect(await one.json()).toMatchObject({ total_count: 1, data: [{ role: "org:viewer" }] });
});
