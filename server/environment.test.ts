import { describe, expect, test } from "vitest";
import { publicKeyPem } from "@/test/tokens";
import { EnvironmentError, readEnvironment } from "./environment";

const CLERK_ISSUER = "https://clerk.example.test";
const secret = `whsec_${Buffer.from("sixteen bytes at least").toString("base64")}`;

describe("readEnvironment", () => {
	test("needs nothing but whose tokens count", () => {
		expect(readEnvironment({ CLERK_ISSUER })).toEqual({
			host: "127.0.0.1",
			port: 8080,
			dataDir: ".data",
			postgres: null,
			tokenRules: {
				key: null,
				issuer: CLERK_ISSUER,
				authorizedParties: ["http://localhost:3000"],
			},
			executorWebhook: null,
		});
	});

	test("reads the issuer out of the publishable key, and all the rest as it is set", () => {
		const environment = readEnvironment({
			NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_Y2xlcmsubG9jYWwudGVzdCQ",
			CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
			CLERK_AUTHORIZED_PARTIES: "https://a.example, https://b.example",
			API_HOST: "0.0.0.0",
			API_PORT: "9000",
			DATABASE_URL: "postgresql://user:word@db.example/countersign",
			DATABASE_POOL_SIZE: "40",
			COUNTERSIGN_DATA_DIR: "/data",
			COUNTERSIGN_EXECUTOR_WEBHOOK_URL: "https://executor.example/run",
			COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: secret,
			COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS: "500",
		});
		expect(environment).toMatchObject({
			host: "0.0.0.0",
			port: 9000,
			dataDir: "/data",
			postgres: { url: "postgresql://user:word@db.example/countersign", poolSize: 40 },
			tokenRules: {
				issuer: "https://clerk.local.test",
				authorizedParties: ["https://a.example", "https://b.example"],
			},
			executorWebhook: { url: "https://executor.example/run", secret, timeoutMs: 500 },
		});
		expect(environment.tokenRules.key?.asymmetricKeyType).toBe("rsa");
	});

	test("takes the dashboard's origin as the one authorized party", () => {
		const { tokenRules } = readEnvironment({ CLERK_ISSUER, COUNTERSIGN_ORIGIN: "https://desk.example" });
		expect(tokenRules.authorizedParties).toEqual(["https://desk.example"]);
	});

	test("takes a variable that is set to nothing as one that is not set", () => {
		const environment = readEnvironment({ CLERK_ISSUER, API_PORT: "", CLERK_JWT_KEY: " ", API_HOST: "" });
		expect(environment).toMatchObject({ port: 8080, host: "127.0.0.1", tokenRules: { key: null } });
	});

	test.each<[string, Record<string, string>]>([
		["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", {}],
		["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_x" }],
		["CLERK_ISSUER", { CLERK_ISSUER: "https://clerk.example.test/" }],
		["CLERK_JWT_KEY", { CLERK_ISSUER, CLERK_JWT_KEY: "x" }],
		["CLERK_AUTHORIZED_PARTIES", { CLERK_ISSUER, CLERK_AUTHORIZED_PARTIES: "*" }],
		["CLERK_AUTHORIZED_PARTIES", { CLERK_ISSUER, CLERK_AUTHORIZED_PARTIES: "https://a.example," }],
		["COUNTERSIGN_ORIGIN", { CLERK_ISSUER, COUNTERSIGN_ORIGIN: "localhost:3000" }],
		["API_PORT", { CLERK_ISSUER, API_PORT: "eighty" }],
		["API_PORT", { CLERK_ISSUER, API_PORT: "65536" }],
		["COUNTERSIGN_EXECUTOR_WEBHOOK_URL", { CLERK_ISSUER, COUNTERSIGN_EXECUTOR_WEBHOOK_URL: "file:///etc" }],
		[
			"COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET",
			{ CLERK_ISSUER, COUNTERSIGN_EXECUTOR_WEBHOOK_URL: "http://a.test" },
		],
		["COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET", { CLERK_ISSUER, COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: "whsec_x" }],
		[
			"COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS",
			{ CLERK_ISSUER, COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS: "0" },
		],
	])("names %s when it is wrong", (name, variables) => {
		expect(() => readEnvironment(variables)).toThrow(EnvironmentError);
		expect(() => readEnvironment(variables)).toThrow(name);
	});
});
