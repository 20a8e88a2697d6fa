import { z } from "zod";
import { readRsaPublicKey } from "./auth/public-key";
import type { PostgresSettings } from "./db/postgresql";

/** A variable that is set to nothing is not set. */
const optionalText = z
	.string()
	.trim()
	.transform((text) => (text === "" ? undefined : text))
	.optional();

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

const webhookUrl = z
	.string()
	.refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ""), "must be an http or https URL");

const webhookSecret = z
	.string()
	.regex(/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/, "must be whsec_ and the base64 of at least 16 bytes");

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

const databaseUrl = z
	.string()
	.refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ""), "must be a postgresql:// URL");

function wholeNumber(minimum: number, maximum: number) {
	return z
		.string()
		.regex(/^\d{1,9}$/, "must be a whole number")
		.transform(Number)
		.refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`);
}

const variablesSchema = z
	.object({
		API_HOST: optionalText.pipe(z.string().default("127.0.0.1")),
		API_PORT: port,
		COUNTERSIGN_DATA_DIR: optionalText.pipe(z.string().default(".data")),
		DATABASE_URL: optionalText.pipe(databaseUrl.optional()),
		DATABASE_POOL_SIZE: optionalText.pipe(wholeNumber(1, 500).default(10)),
		CLERK_JWT_KEY: optionalText.pipe(jwtKey.optional()),
		CLERK_ISSUER: optionalText.pipe(origin.optional()),
		NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: optionalText.pipe(publishableKey.optional()),
		CLERK_AUTHORIZED_PARTIES: optionalText.pipe(
			z
				.string()
				.transform((list) => list.split(",").map((party) => party.trim()))
				.pipe(z.array(origin))
				.optional(),
		),
		COUNTERSIGN_ORIGIN: optionalText.pipe(origin.default("http://localhost:3000")),
		COUNTERSIGN_EXECUTOR_WEBHOOK_URL: optionalText.pipe(webhookUrl.optional()),
		COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: optionalText.pipe(webhookSecret.optional()),
		COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS: optionalText.pipe(
			z
				.string()
				.regex(/^[1-9]\d{0,5}$/, "must be a number of milliseconds")
				.transform(Number)
				.default(10_000),
		),
	})
	.refine((all) => all.CLERK_ISSUER ?? all.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY, {
		path: ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"],
		message: "must be set (or CLERK_ISSUER), so that it is known whose tokens count",
	})
	.refine((all) => !all.COUNTERSIGN_EXECUTOR_WEBHOOK_URL || all.COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET, {
		path: ["COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET"],
		message: "must be set together with COUNTERSIGN_EXECUTOR_WEBHOOK_URL, so that the receiver can check us",
	});

/** What the server is told from outside, parsed once. */
export interface Environment {
	host: string;
	port: number;
	dataDir: string;
	/** Null is the embedded database in the data folder. */
	postgres: PostgresSettings | null;
	tokenRules: {
		key: ReturnType<typeof readRsaPublicKey>;
		issuer: string;
		authorizedParties: readonly string[];
	};
	executorWebhook: { url: string; secret: string; timeoutMs: number } | null;
}

/** The environment is not usable. The message names each variable that is wrong. */
export class EnvironmentError extends Error {
	override name = "EnvironmentError";
}

/** Parses the environment, or throws an EnvironmentError. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
	const result = variablesSchema.safeParse(variables);
	if (!result.success) {
		const wrong = result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
		throw new EnvironmentError(`The API server cannot start: ${wrong.join("; ")}.`);
	}
	const all = result.data;
	const issuer = all.CLERK_ISSUER ?? all.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY ?? "";
	const { COUNTERSIGN_EXECUTOR_WEBHOOK_URL: url, COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: secret } = all;
	return {
		host: all.API_HOST,
		port: all.API_PORT,
		dataDir: all.COUNTERSIGN_DATA_DIR,
		postgres:
			all.DATABASE_URL === undefined ? null : { url: all.DATABASE_URL, poolSize: all.DATABASE_POOL_SIZE },
		tokenRules: {
			key: all.CLERK_JWT_KEY ?? null,
			issuer,
			authorizedParties: all.CLERK_AUTHORIZED_PARTIES ?? [all.COUNTERSIGN_ORIGIN],
		},
		executorWebhook:
			url === undefined || secret === undefined
				? null
				: { url, secret, timeoutMs: all.COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS },
	};
}
