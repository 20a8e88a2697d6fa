import { NextRequest } from "next/server";

const sessionCookie = /^__session(?:_[\w-]+)?$/;
const clientCookie = /^__client_uat(?:_[\w-]+)?$/;

/**
 * The same request, with its session token where Clerk's cookies cannot contradict it. clerk-js takes
 * `__client_uat` away and sets it anew whenever it has heard from Clerk; a request that leaves between the two
 * carries a good token and is taken for signed out. Then the token goes where Clerk reads it without that
 * cookie, in `Authorization`, and is verified like any other. A document is left alone: Clerk settles it by a
 * handshake. So is somebody who has signed out: that cookie is `0` then, never away.
 */
export function whileCookiesChange(request: NextRequest): NextRequest {
	const cookies = request.cookies.getAll();
	const isContradicted =
		!cookies.some(({ name }) => clientCookie.test(name)) &&
		!request.headers.has("authorization") &&
		request.headers.get("sec-fetch-dest") !== "document";
	if (!isContradicted) return request;
	const tokens = new Set(cookies.flatMap(({ name, value }) => (sessionCookie.test(name) ? [value] : [])));
	const [token, another] = tokens;
	// Of several, which one is meant is Clerk's affair.
	if (!token || another !== undefined) return request;
	const headers = new Headers(request.headers);
	headers.set("authorization", `Bearer ${token}`);
	// Without its body, which Next passes on by itself.
	return new NextRequest(request.nextUrl, { headers, method: request.method });
}
