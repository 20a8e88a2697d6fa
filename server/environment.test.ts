import { describe, expect, test } from "vitest";
import { publicKeyPem } from "@/test/tokens";
import { EnvironmentError, readDatabaseSettings, readEnvironment } from "./environment";

const CLERK_ISSUER = "https://clerk.example.test";
const CLERK_SECRET_KEY = "sk_test_x";
const secret = `whsec_${Buffer.from("sixteen bytes at least").toString("base64")}`;

describe("readEnvironment", () => {
	test("needs nothing but whose tokens count, and where roles are read", () => {
		expect(readEnvironment({ CLERK_ISSUER, CLERK_SECRET_KEY })).toEqual({
			host: "127.0.0.1",
			port: 8080,
			dataDir: ".data",
			postgres: null,
			tokenRules: {
				key: null,
				issuer: CLERK_ISSUER,
				authorizedParties: ["http://localhost:3000"],
			},
			clerk: { secretKey: CLERK_SECRET_KEY, apiUrl: "https://api.clerk.com" },
			executor: { kind: "none" },
			evaluationRulesFile: null,
			writesPerMinute: 1_200,
			stopDelayMs: 0,
			telemetry: { traces: false, metrics: false },
			audit: { signingKey: null, headsFile: ".data/audit/heads.jsonl" },
		});
	});

	test("reads the issuer out of the publishable key, and all the rest as it is set", () => {
		const environment = readEnvironment({
			NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_Y2xlcmsubG9jYWwudGVzdCQ",
			CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
			CLERK_AUTHORIZED_PARTIES: "https://a.example, https://b.example",
			CLERK_SECRET_KEY,
			CLERK_API_URL: "http://127.0.0.1:8081",
			API_HOST: "0.0.0.0",
			API_PORT: "9000",
			DATABASE_URL: "postgresql://user:word@db.example/countersign",
			DATABASE_POOL_SIZE: "40",
			COUNTERSIGN_DATA_DIR: "/data",
			COUNTERSIGN_EXECUTOR_WEBHOOK_URL: "https://executor.example/run",
			COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: secret,
			COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS: "500",
			COUNTERSIGN_EVALUATION_RULES: "rules.json",
			COUNTERSIGN_WRITES_PER_MINUTE: "0",
			COUNTERSIGN_STOP_DELAY_MS: "5000",
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
			clerk: { secretKey: CLERK_SECRET_KEY, apiUrl: "http://127.0.0.1:8081" },
			executor: {
				kind: "webhook",
				url: "https://executor.example/run",
				secret,
				timeoutMs: 500,
				concurrency: 16,
				allowPrivate: false,
			},
			evaluationRulesFile: "rules.json",
			writesPerMinute: 0,
			stopDelayMs: 5_000,
		});
		expect(environment.tokenRules.key?.asymmetricKeyType).toBe("rsa");
	});

	test("reads a model's endpoint, alone or with all that can be said of it", () => {
		const url = "https://models.example/v1";
		const given = { CLERK_ISSUER, CLERK_SECRET_KEY, COUNTERSIGN_EXECUTOR_MODEL_URL: url };
		expect(readEnvironment(given).executor).toEqual({
			kind: "model",
			url,
			apiKey: null,
			defaultModel: null,
			timeoutMs: 25_000,
			concurrency: 4,
			allowPrivate: false,
			isStandIn: false,
		});
		const more = {
			COUNTERSIGN_EXECUTOR_MODEL_API_KEY: "sk-1",
			COUNTERSIGN_EXECUTOR_MODEL_NAME: "atlas-large-2",
			COUNTERSIGN_EXECUTOR_MODEL_TIMEOUT_MS: "900",
			COUNTERSIGN_EXECUTOR_MODEL_CONCURRENCY: "2",
			COUNTERSIGN_EXECUTOR_MODEL_STAND_IN: "1",
			COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: "1",
		};
		expect(readEnvironment({ ...given, ...more }).executor).toEqual({
			kind: "model",
			url,
			apiKey: "sk-1",
			defaultModel: "atlas-large-2",
			timeoutMs: 900,
			concurrency: 2,
			allowPrivate: true,
			isStandIn: true,
		});
	});

	test("takes the dashboard's origin as the one authorized party", () => {
		const { tokenRules } = readEnvironment({
			CLERK_ISSUER,
			CLERK_SECRET_KEY,
			COUNTERSIGN_ORIGIN: "https://desk.example",
		});
		expect(tokenRules.authorizedParties).toEqual(["https://desk.example"]);
	});

	test("takes a variable that is set to nothing as one that is not set", () => {
		const empty = { API_PORT: "", CLERK_JWT_KEY: " ", API_HOST: "", CLERK_API_URL: "" };
		const environment = readEnvironment({ CLERK_ISSUER, CLERK_SECRET_KEY, ...empty });
		expect(environment).toMatchObject({ port: 8080, host: "127.0.0.1", tokenRules: { key: null } });
	});

	test("takes the roles of the token only where that is said and there is no key to read them with", () => {
		const COUNTERSIGN_TRUST_TOKEN_ROLES = "1";
		expect(readEnvironment({ CLERK_ISSUER, COUNTERSIGN_TRUST_TOKEN_ROLES }).clerk).toBeNull();
		const both = readEnvironment({ CLERK_ISSUER, CLERK_SECRET_KEY, COUNTERSIGN_TRUST_TOKEN_ROLES });
		expect(both.clerk?.secretKey).toBe(CLERK_SECRET_KEY);
	});

	test.each<[string, Record<string, string>]>([
		["CLERK_SECRET_KEY", { CLERK_ISSUER }],
		["CLERK_SECRET_KEY", { CLERK_ISSUER, CLERK_SECRET_KEY: "hunter2" }],
		["CLERK_API_URL", { CLERK_ISSUER, CLERK_SECRET_KEY, CLERK_API_URL: "https://api.clerk.com/v1" }],
		["COUNTERSIGN_TRUST_TOKEN_ROLES", { CLERK_ISSUER, COUNTERSIGN_TRUST_TOKEN_ROLES: "yes" }],
		["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", {}],
		["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_x" }],
		["CLERK_ISSUER", { CLERK_ISSUER: "https://clerk.example.test/" }],
		["CLERK_JWT_KEY", { CLERK_ISSUER, CLERK_JWT_KEY: "x" }],
		["CLERK_AUTHORIZED_PARTIES", { CLERK_ISSUER, CLERK_AUTHORIZED_PARTIES: "*" }],
		["CLERK_AUTHORIZED_PARTIES", { CLERK_ISSUER, CLERK_AUTHORIZED_PARTIES: "https://a.example," }],
		["COUNTERSIGN_ORIGIN", { CLERK_ISSUER, COUNTERSIGN_ORIGIN: "localhost:3000" }],
		["API_PORT", { CLERK_ISSUER, API_PORT: "eighty" }],
		["API_PORT", { CLERK_ISSUER, API_PORT: "65536" }],
		["COUNTERSIGN_WRITES_PER_MINUTE", { CLERK_ISSUER, COUNTERSIGN_WRITES_PER_MINUTE: "-1" }],
		["COUNTERSIGN_STOP_DELAY_MS", { CLERK_ISSUER, COUNTERSIGN_STOP_DELAY_MS: "60001" }],
		["COUNTERSIGN_AUDIT_KEY", { CLERK_ISSUER, COUNTERSIGN_AUDIT_KEY: publicKeyPem() }],
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
		[
			"COUNTERSIGN_EXECUTOR_MODEL_URL",
			{
				CLERK_ISSUER,
				COUNTERSIGN_EXECUTOR_MODEL_URL: "http://model.test/v1",
				COUNTERSIGN_EXECUTOR_WEBHOOK_URL: "http://a.test",
				COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: secret,
			},
		],
		["COUNTERSIGN_EXECUTOR_MODEL_URL", { CLERK_ISSUER, COUNTERSIGN_EXECUTOR_MODEL_URL: "model.test" }],
		["COUNTERSIGN_EXECUTOR_MODEL_CONCURRENCY", { CLERK_ISSUER, COUNTERSIGN_EXECUTOR_MODEL_CONCURRENCY: "0" }],
		["COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE", { CLERK_ISSUER, COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: "yes" }],
	])("names %s when it is wrong", (name, variables) => {
		expect(() => readEnvironment(variables)).toThrow(EnvironmentError);
		expect(() => readEnvironment(variables)).toThrow(name);
	});
});

describe("telemetry", () => {
	const http = "http://collector.test:4318";
	test.each<[Record<string, string>, { traces: boolean; metrics: boolean }]>([
		[{ OTEL_EXPORTER_OTLP_ENDPOINT: http }, { traces: true, metrics: true }],
		[{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: http }, { traces: true, metrics: false }],
		[{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: http }, { traces: false, metrics: true }],
		[{ OTEL_EXPORTER_OTLP_ENDPOINT: "" }, { traces: false, metrics: false }],
		[
			{ OTEL_EXPORTER_OTLP_ENDPOINT: http, OTEL_SDK_DISABLED: "true" },
			{ traces: false, metrics: false },
		],
	])("%j gives %j", (variables, expected) => {
		expect(readEnvironment({ CLERK_ISSUER, CLERK_SECRET_KEY, ...variables }).telemetry).toEqual(expected);
	});
});

describe("readDatabaseSettings", () => {
	test("needs nothing, and of all variables looks at those of the database alone", () => {
		expect(readDatabaseSettings({})).toEqual({ dataDir: ".data", postgres: null });
		expect(
			readDatabaseSettings({
				COUNTERSIGN_DATA_DIR: "/data",
				DATABASE_URL: "postgresql://user:word@db.example/countersign",
				API_PORT: "eighty",
			}),
		).toEqual({
			dataDir: "/data",
			postgres: { url: "postgresql://user:word@db.example/countersign", poolSize: 10 },
		});
	});

	test("names the variable that is wrong, and never says what it holds", () => {
		const read = () => readDatabaseSettings({ DATABASE_URL: "user:canary@db.example" });
		expect(read).toThrow(EnvironmentError);
		expect(read).toThrow("The database cannot be opened: DATABASE_URL must be a postgresql:// URL.");
	});
});
