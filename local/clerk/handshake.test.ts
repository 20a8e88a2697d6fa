import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { openBrowser, openStandIn, testOrigin } from "./test-browser";

const handshake = (target: string) => `/v1/client/handshake?redirect_url=${encodeURIComponent(target)}`;

test("a signed-in browser returns with a token not older than its sign-in time", async () => {
	const standIn = await openStandIn();
	const browser = openBrowser(standIn);
	await browser.signIn("owner@example.com");

	const response = await browser.get(handshake(`${testOrigin}/triage?x=1`));
	expect(response.status).toBe(307);
	expect(response.headers.get("location")).toBe(`${testOrigin}/triage?x=1`);
	const suffix = standIn.keys.cookieSuffix;
	const token = decodeJwt(browser.cookies.get(`__session_${suffix}`) ?? "");
	expect(token.sub).toBe("user_sampleOwner");
	expect(token.iat).toBeGreaterThanOrEqual(Number(browser.cookies.get(`__client_uat_${suffix}`)));
	expect(browser.cookies.get("__session")).toBe(browser.cookies.get(`__session_${suffix}`));
	expect(browser.cookies.get(`__clerk_db_jwt_${suffix}`)).toBeTruthy();
});

test("a signed-out browser returns without a session", async () => {
	const standIn = await openStandIn();
	const response = await openBrowser(standIn).get(handshake(`${testOrigin}/deployments`));
	expect(response.status).toBe(307);
	const cookies = response.headers.getSetCookie();
	const suffix = standIn.keys.cookieSuffix;
	expect(cookies.find((cookie) => cookie.startsWith(`__session_${suffix}=;`))).toContain("Max-Age=0");
	expect(cookies.find((cookie) => cookie.startsWith(`__client_uat_${suffix}=0;`))).toBeDefined();
});

test.each([
	"https://evil.example/deployments",
	"http://localhost:3001/deployments",
	"//evil.example",
	"/deployments",
	"",
])("a handshake never sends a browser to %j", async (target) => {
	const response = await openBrowser(await openStandIn()).get(handshake(target));
	expect(response.status).toBe(400);
	expect(response.headers.get("location")).toBeNull();
});
