import { describe, expect, test } from "vitest";
import { readStackSettings } from "./settings";

const root = "/somewhere";

describe("readStackSettings", () => {
	test("without any variable: local sign-in, our own API, the documented ports", () => {
		expect(readStackSettings({}, root)).toEqual({
			port: 3000,
			apiPort: 8080,
			clerkPort: 8081,
			dataDir: "/somewhere/.data",
			host: "localhost",
			origin: "http://localhost:3000",
			apiUrl: null,
			usesClerkStandIn: true,
			usesModelStandIn: true,
		});
	});

	test("with real Clerk keys the stand-in does not start; with an API URL our API does not", () => {
		const settings = readStackSettings(
			{
				NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_live_x",
				CLERK_SECRET_KEY: "sk_live_x",
				COUNTERSIGN_API_URL: "https://api.example.com",
				COUNTERSIGN_ORIGIN: "https://review.example.com/",
			},
			root,
		);
		expect(settings).toMatchObject({
			usesClerkStandIn: false,
			usesModelStandIn: false,
			apiUrl: "https://api.example.com",
			origin: "https://review.example.com",
		});
	});

	test.each<[Record<string, string>, boolean]>([
		[{ COUNTERSIGN_EXECUTOR_WEBHOOK_URL: "https://runtime.example.com/run" }, false],
		[{ COUNTERSIGN_EXECUTOR_MODEL_URL: "https://api.openai.com/v1" }, false],
		[{ COUNTERSIGN_EXECUTOR_WEBHOOK_URL: "", COUNTERSIGN_EXECUTOR_MODEL_URL: "" }, true],
		[{ NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_live_x", CLERK_SECRET_KEY: "sk_live_x" }, false],
		[{ COUNTERSIGN_API_URL: "https://api.example.com" }, false],
	])("with %j the stand-in for a model starts: %j", (variables, expected) => {
		expect(readStackSettings(variables, root).usesModelStandIn).toBe(expected);
	});

	test("half a pair of keys is an error that names the other half", () => {
		expect(() => readStackSettings({ CLERK_SECRET_KEY: "sk_live_x" }, root)).toThrow(
			/NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is missing/,
		);
	});

	test("a port that is none is named", () => {
		expect(() => readStackSettings({ API_PORT: "eighty" }, root)).toThrow(/API_PORT is not usable/);
	});
});
