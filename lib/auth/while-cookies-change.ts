import { NextRequest } from "next/server";

const sessionCookie = /^__session(?:_[\w-]+)?$/;
const clientCookie = /^__client_uat(?:_[\w-]+)?$/;
const testBrowserCookie = /^__clerk_db_jwt(?:_[\w-]+)?$/;

/**
 * The same request, with its session token where Clerk's cookies cannot contradict it. clerk-js takes
 * `__client_uat` away and sets it anew whenever it has heard from Clerk, and with test keys `__clerk_db_jwt` as
 * well whenever it is loaded; a request that leaves between the two carries a good token and is taken for signed
 * out. Then the token goes where Clerk reads it without those cookies, in `Authorization`, and is verified like
 * any other. A document is left alone: Clerk settles it by a handshake. So is somebody who has signed out:
 * `__client_uat` is `0` then, never away.
 */
export function whileCookiesChange(request: NextRequest, publishableKey: string): NextRequest {
	const cookies = request.cookies.getAll();
	const valuesOf = (pattern: RegExp) => cookies.flatMap((c) => (pattern.test(c.name) ? [c.value] : []));
	const clients = valuesOf(clientCookie);
	const isOneAway =
		clients.length === 0 ||
		(publishableKey.startsWith("pk_test_") && valuesOf(testBrowserCookie).length === 0);
	const isContradicted =
		isOneAway &&
		!clients.includes("0") &&
		!request.headers.has("authorization") &&
		request.headers.get("sec-fetch-dest") !== "document";
	if (!isContradicted) return request;
	const [token, another] = new Set(valuesOf(sessionCookie));
	// Of several, which one is meant is Clerk's affair.
	if (!token || another !== undefined) return request;
	const headers = new Headers(request.headers);
	headers.set("authorization", `Bearer ${token}`);
	// Without its body, which Next passes on by itself.
	return new NextRequest(request.nextUrl, { headers, method: request.method });
}
