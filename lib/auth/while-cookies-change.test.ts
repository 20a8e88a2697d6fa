import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { whileCookiesChange } from "./while-cookies-change";

describe("a request that leaves while Clerk's script rewrites its cookies", () => {
	const passedOn = (cookie: string, headers: Record<string, string> = {}) =>
		whileCookiesChange(
			new NextRequest("http://localhost:3000/v1/x?limit=1", { headers: { cookie, ...headers } }),
		);

	it("is authenticated by its token alone", () => {
		const request = passedOn("__session=a.b.c; __session_Ab-_1=a.b.c; __clerk_db_jwt=d");
		expect(request.headers.get("authorization")).toBe("Bearer a.b.c");
		expect(request.nextUrl.href).toBe("http://localhost:3000/v1/x?limit=1");
		expect(request.headers.get("cookie")).toContain("__clerk_db_jwt=d");
	});

	it.each([
		["says since when its client is known", "__session=a.b.c; __client_uat=1764000000", {}],
		["says so under the name with a suffix", "__session=a.b.c; __client_uat_Ab-_1=1764000000", {}],
		["says that its person has signed out", "__session=a.b.c; __client_uat=0", {}],
		["has no token", "__clerk_db_jwt=d", {}],
		["has an empty token", "__session=", {}],
		["has the tokens of two sites", "__session=a.b.c; __session_Ab-_1=d.e.f", {}],
		["is a document", "__session=a.b.c", { "sec-fetch-dest": "document" }],
	])("is left as it is when it %s", (_, cookie, headers) => {
		expect(passedOn(cookie, headers).headers.get("authorization")).toBeNull();
	});

	it("keeps the authorization that it came with", () => {
		const request = passedOn("__session=a.b.c", { authorization: "Bearer x.y.z" });
		expect(request.headers.get("authorization")).toBe("Bearer x.y.z");
	});
});
