import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { whileCookiesChange } from "./while-cookies-change";

describe("a request that leaves while Clerk's script rewrites its cookies", () => {
	const sent = (cookie: string, headers: Record<string, string> = {}) =>
		new NextRequest("http://localhost:3000/v1/x?limit=1", { headers: { cookie, ...headers } });
	const authorizationOf = (request: NextRequest, key = "pk_live_x") =>
		whileCookiesChange(request, key).headers.get("authorization");

	it("is authenticated by its token alone", () => {
		const cookie = "__session=a.b.c; __session_Ab-_1=a.b.c; __clerk_db_jwt=d";
		const request = whileCookiesChange(sent(cookie), "pk_live_x");
		expect(request.headers.get("authorization")).toBe("Bearer a.b.c");
		expect(request.nextUrl.href).toBe("http://localhost:3000/v1/x?limit=1");
		expect(request.headers.get("cookie")).toBe(cookie);
	});

	it("is so with test keys, too, when the cookie of the test browser is away", () => {
		const request = sent("__session=a.b.c; __client_uat=1764000000");
		expect(authorizationOf(request, "pk_test_x")).toBe("Bearer a.b.c");
		expect(authorizationOf(request, "pk_live_x")).toBeNull();
		const complete = sent("__session=a.b.c; __client_uat=1764000000; __clerk_db_jwt_Ab-_1=d");
		expect(authorizationOf(complete, "pk_test_x")).toBeNull();
	});

	it.each([
		["says since when its client is known", "__session=a.b.c; __client_uat=1764000000", {}],
		["says so under the name with a suffix", "__session=a.b.c; __client_uat_Ab-_1=1764000000", {}],
		["has no token", "__clerk_db_jwt=d", {}],
		["has an empty token", "__session=", {}],
		["has the tokens of two sites", "__session=a.b.c; __session_Ab-_1=d.e.f", {}],
		["is a document", "__session=a.b.c", { "sec-fetch-dest": "document" }],
	])("is left as it is when it %s", (_, cookie, headers) => {
		expect(authorizationOf(sent(cookie, headers))).toBeNull();
	});

	it.each(["pk_live_x", "pk_test_x"])("is left as it is when its person has signed out (%s)", (key) => {
		expect(authorizationOf(sent("__session=a.b.c; __client_uat=0"), key)).toBeNull();
	});

	it("keeps the authorization that it came with", () => {
		expect(authorizationOf(sent("__session=a.b.c", { authorization: "Bearer x.y.z" }))).toBe("Bearer x.y.z");
	});
});
