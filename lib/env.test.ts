import { describe, expect, test } from "vitest";
import { parseEnvironment } from "./env";

const keys = { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_abc", CLERK_SECRET_KEY: "sk_test_abc" };

describe("parseEnvironment", () => {
	test("needs Clerk's two keys and has a default for all else", () => {
		expect(parseEnvironment(keys)).toMatchObject({
			apiUrl: "http://127.0.0.1:8080",
			origin: "http://localhost:3000",
			clerk: { publishableKey: "pk_test_abc", secretKey: "sk_test_abc", jwtKey: undefined },
		});
	});

	test("names every variable that is missing or wrong, in one sentence", () => {
		const parse = () =>
			parseEnvironment({ CLERK_SECRET_KEY: "secret", COUNTERSIGN_API_URL: "api.example.com", PORT: "70000" });
		expect(parse).toThrow(/NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is missing/);
		expect(parse).toThrow(/CLERK_SECRET_KEY must begin with sk_test_ or sk_live_/);
		expect(parse).toThrow(/COUNTERSIGN_API_URL/);
		expect(parse).toThrow(/PORT/);
	});

	test("never repeats a value, which may be a secret", () => {
		expect(() => parseEnvironment({ ...keys, CLERK_SECRET_KEY: "hunter2" })).toThrow(
			expect.not.objectContaining({ message: expect.stringContaining("hunter2") }),
		);
	});

	test("takes an empty variable for an unset one and drops a slash at the end of a URL", () => {
		const parsed = parseEnvironment({
			...keys,
			CLERK_JWT_KEY: "",
			COUNTERSIGN_API_URL: "https://api.example.com/",
			COUNTERSIGN_ORIGIN: "https://review.example.com/",
		});
		expect(parsed.apiUrl).toBe("https://api.example.com");
		expect(parsed.origin).toBe("https://review.example.com");
		expect(parsed.clerk.jwtKey).toBeUndefined();
	});
});
