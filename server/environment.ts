import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { readSigningKey } from "./audit/signing-key";
import type { ClerkSettings } from "./auth/current-role";
import { readRsaPublicKey } from "./auth/public-key";
import {
	type ExecutorSettings,
	executorSettings,
	executorVariables,
	refuseHalfExecutors,
} from "./control/executors/settings";
import type { DatabaseSettings } from "./db/connect";
import { optionalText, wholeNumber } from "./environment-text";
import type { TelemetrySettings } from "./telemetry";

const port = optionalText.pipe(
	z
		.string()
		.regex(/^\d{1,5}$/, "must be a port number")
		.transform(Number)
		.refine((value) => value <= 65_535, "must be at most 65535")
		.default(8080),
);

const origin = z.string().refine((text) => {
	const url = URL.parse(text);
	return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}, "must be an origin such as https://countersign.example.com, without a path");

const jwtKey = z.string().transform((pem, context) => {
	const key = readRsaPublicKey(pem);
	if (key !== null) return key;
	context.addIssue({ code: "custom", message: "must be the RSA public key in PEM that Clerk shows" });
	return z.NEVER;
});

const publishableKey = z.string().transform((key, context) => {
	const encoded = /^pk_(?:test|live)_([A-Za-z0-9+/=_-]+)$/.exec(key)?.[1];
	const host = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString("utf8");
	if (/^[a-z0-9.-]+\.[a-z0-9.-]+\$$/.test(host)) return `https://${host.slice(0, -1)}`;
	context.addIssue({ code: "custom", message: "is not a Clerk publishable key" });
	return z.NEVER;
});

const clerkSecretKey = z
	.string()
	.regex(/^sk_(test|live)_/, "must begin with sk_test_ or sk_live_ (Clerk's dashboard shows it)");

const databaseUrl = z
	.string()
	.refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ""), "must be a postgresql:// URL");

/** What a program needs that opens the database and does not serve. */
const databaseVariables = {
	COUNTERSIGN_DATA_DIR: optionalText.pipe(z.string().default(".data")),
	DATABASE_URL: optionalText.pipe(databaseUrl.optional()),
	DATABASE_POOL_SIZE: optionalText.pipe(wholeNumber(1, 500).default(10)),
};
const databaseVariablesSchema = z.object(databaseVariables);

const signingKey = z.string().transform((pem, context) => {
	const key = readSigningKey(pem);
	if (key !== null) return key;
	context.addIssue({ code: "custom", message: "must be an Ed25519 private key in PEM (PKCS#8)" });
	return z.NEVER;
});

/** What the server signs the audit log with, and whoever checks it needs too. */
const auditVariables = {
	COUNTERSIGN_AUDIT_KEY: optionalText.pipe(signingKey.optional()),
	COUNTERSIGN_AUDIT_HEADS: optionalText,
};
const auditVariablesSchema = z.object({ ...databaseVariables, ...auditVariables });

const variablesSchema = z
	.object({
		...databaseVariables,
		...auditVariables,
		API_HOST: optionalText.pipe(z.string().default("127.0.0.1")),
		API_PORT: port,
		CLERK_JWT_KEY: optionalText.pipe(jwtKey.optional()),
		CLERK_ISSUER: optionalText.pipe(origin.optional()),
		CLERK_SECRET_KEY: optionalText.pipe(clerkSecretKey.optional()),
		CLERK_API_URL: optionalText.pipe(origin.default("https://api.clerk.com")),
		COUNTERSIGN_TRUST_TOKEN_ROLES: optionalText.pipe(z.literal("1", "must be 1 or not set").optional()),
		NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: optionalText.pipe(publishableKey.optional()),
		CLERK_AUTHORIZED_PARTIES: optionalText.pipe(
			z
				.string()
				.transform((list) => list.split(",").map((party) => party.trim()))
				.pipe(z.array(origin))
				.optional(),
		),
		COUNTERSIGN_ORIGIN: optionalText.pipe(origin.default("http://localhost:3000")),
		COUNTERSIGN_WRITES_PER_MINUTE: optionalText.pipe(wholeNumber(0, 1_000_000).default(1_200)),
		COUNTERSIGN_STOP_DELAY_MS: optionalText.pipe(wholeNumber(0, 60_000).default(0)),
		OTEL_SDK_DISABLED: optionalText,
		OTEL_EXPORTER_OTLP_ENDPOINT: optionalText,
		OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optionalText,
		OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: optionalText,
		...executorVariables,
		COUNTERSIGN_EVALUATION_RULES: optionalText,
	})
	.refine((all) => all.CLERK_ISSUER ?? all.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY, {
		path: ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"],
		message: "must be set (or CLERK_ISSUER), so that it is known whose tokens count",
	})
	.refine((all) => all.CLERK_SECRET_KEY ?? all.COUNTERSIGN_TRUST_TOKEN_ROLES, {
		path: ["CLERK_SECRET_KEY"],
		message:
			"must be set, so that roles are read from Clerk before anything is changed (or COUNTERSIGN_TRUST_TOKEN_ROLES=1, if those of the token, up to 60 s old, are enough)",
	})
	.superRefine(refuseHalfExecutors);

export interface AuditSettings {
	/** Null is the one in the data folder, made on first use. */
	signingKey: KeyObject | null;
	/** The file of signed heads. */
	headsFile: string;
}

/** What the server is told from outside, parsed once. */
export interface Environment extends DatabaseSettings {
	host: string;
	port: number;
	tokenRules: {
		key: ReturnType<typeof readRsaPublicKey>;
		issuer: string;
		authorizedParties: readonly string[];
	};
	/** Where roles are read again before anything is changed; null takes those of the token as they are. */
	clerk: ClerkSettings | null;
	executor: ExecutorSettings;
	/** The file of the rules that score what an action has made of a trace; null scores nothing. */
	evaluationRulesFile: string | null;
	/** How much one caller may change in a minute; 0 is without a limit. */
	writesPerMinute: number;
	/** How long a server that is told to stop goes on answering after `/ready` has begun to say no. */
	stopDelayMs: number;
	telemetry: TelemetrySettings;
	audit: AuditSettings;
}

/** The environment is not usable. The message names each variable that is wrong. */
export class EnvironmentError extends Error {
	override name = "EnvironmentError";
}

/** Parses the environment, or throws an EnvironmentError. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
	const result = variablesSchema.safeParse(variables);
	if (!result.success) throw new EnvironmentError(`The API server cannot start: ${wrongIn(result.error)}.`);
	const all = result.data;
	const issuer = all.CLERK_ISSUER ?? all.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY ?? "";
	return {
		host: all.API_HOST,
		port: all.API_PORT,
		...databaseSettings(all),
		tokenRules: {
			key: all.CLERK_JWT_KEY ?? null,
			issuer,
			authorizedParties: all.CLERK_AUTHORIZED_PARTIES ?? [all.COUNTERSIGN_ORIGIN],
		},
		clerk:
			all.CLERK_SECRET_KEY === undefined
				? null
				: { secretKey: all.CLERK_SECRET_KEY, apiUrl: all.CLERK_API_URL },
		executor: executorSettings(all),
		evaluationRulesFile: all.COUNTERSIGN_EVALUATION_RULES ?? null,
		writesPerMinute: all.COUNTERSIGN_WRITES_PER_MINUTE,
		stopDelayMs: all.COUNTERSIGN_STOP_DELAY_MS,
		telemetry: telemetrySettings(all),
		audit: auditSettings(all),
	};
}

/** The same for a program that opens the database and does not serve. */
export function readDatabaseSettings(variables: Record<string, string | undefined>): DatabaseSettings {
	const result = databaseVariablesSchema.safeParse(variables);
	if (!result.success) throw new EnvironmentError(`The database cannot be opened: ${wrongIn(result.error)}.`);
	return databaseSettings(result.data);
}

/** The same for the look at the audit log. */
export function readAuditSettings(
	variables: Record<string, string | undefined>,
): DatabaseSettings & { audit: AuditSettings } {
	const result = auditVariablesSchema.safeParse(variables);
	if (!result.success) {
		throw new EnvironmentError(`The audit log cannot be checked: ${wrongIn(result.error)}.`);
	}
	return { ...databaseSettings(result.data), audit: auditSettings(result.data) };
}

function auditSettings(all: z.output<typeof auditVariablesSchema>): AuditSettings {
	const { COUNTERSIGN_AUDIT_KEY, COUNTERSIGN_AUDIT_HEADS, COUNTERSIGN_DATA_DIR } = all;
	return {
		signingKey: COUNTERSIGN_AUDIT_KEY ?? null,
		headsFile: COUNTERSIGN_AUDIT_HEADS ?? join(COUNTERSIGN_DATA_DIR, "audit", "heads.jsonl"),
	};
}

function databaseSettings(all: z.output<typeof databaseVariablesSchema>): DatabaseSettings {
	const { DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize } = all;
	return { dataDir: all.COUNTERSIGN_DATA_DIR, postgres: url === undefined ? null : { url, poolSize } };
}

/** The rest of the OTEL_… variables is between the person who sets them and the SDK. */
function telemetrySettings(all: z.output<typeof variablesSchema>): TelemetrySettings {
	const isOff = all.OTEL_SDK_DISABLED?.toLowerCase() === "true";
	const both = all.OTEL_EXPORTER_OTLP_ENDPOINT;
	return {
		traces: !isOff && (both ?? all.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) !== undefined,
		metrics: !isOff && (both ?? all.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT) !== undefined,
	};
}

function wrongIn({ issues }: z.ZodError): string {
	return issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ");
}
