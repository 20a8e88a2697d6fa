import "server-only";
import { z } from "zod";

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ""));

const environmentSchema = z.object({
	COUNTERSIGN_API_URL: url.default("http://127.0.0.1:8080"),
	COUNTERSIGN_ORIGIN: url.optional(),
	PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
	NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: z
		.string()
		.regex(/^pk_(test|live)_/, "must begin with pk_test_ or pk_live_ (Clerk's dashboard shows it)"),
	CLERK_SECRET_KEY: z
		.string()
		.regex(/^sk_(test|live)_/, "must begin with sk_test_ or sk_live_ (Clerk's dashboard shows it)"),
	CLERK_JWT_KEY: z.string().min(1).optional(),
	CLERK_FAPI_URL: url.optional(),
	NEXT_PUBLIC_CLERK_PROXY_URL: z.string().min(1).optional(),
});

/** The dashboard's settings, as everything but the start script sees them. */
export interface Environment {
	/** Base URL of the API, without a slash at its end. */
	apiUrl: string;
	/** The one origin that browsers use, such as `http://localhost:3000`. */
	origin: string;
	clerk: {
		publishableKey: string;
		secretKey: string;
		/** PEM public key; without it Clerk's SDK fetches the key set over the network. */
		jwtKey: string | undefined;
		/** Where `/__clerk` is passed on to; set for the local stand-in only. */
		frontendApiUrl: string | undefined;
		proxyUrl: string | undefined;
	};
}

/**
 * Reads the environment; throws one sentence that names every variable that is missing or wrong. An
 * empty variable counts as unset, because shells and compose files cannot say "unset" otherwise.
 */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
	const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
	const parsed = environmentSchema.safeParse(given);
	if (!parsed.success) {
		const faults = parsed.error.issues.map(
			(issue) =>
				`${issue.path.join(".")} ${given[String(issue.path[0])] === undefined ? "is missing" : issue.message}`,
		);
		throw new Error(`The environment is not complete: ${faults.join("; ")}. See the README, “Environment”.`);
	}
	const variables = parsed.data;
	return {
		apiUrl: variables.COUNTERSIGN_API_URL,
		origin: variables.COUNTERSIGN_ORIGIN ?? `http://localhost:${variables.PORT}`,
		clerk: {
			publishableKey: variables.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
			secretKey: variables.CLERK_SECRET_KEY,
			jwtKey: variables.CLERK_JWT_KEY,
			frontendApiUrl: variables.CLERK_FAPI_URL,
			proxyUrl: variables.NEXT_PUBLIC_CLERK_PROXY_URL,
		},
	};
}

let environment: Environment | undefined;

/** The parsed environment of this process; read at first use, so that a build needs none of it. */
export function getEnvironment(): Environment {
	// The whole object is passed on: single `process.env.NEXT_PUBLIC_…` reads are inlined by the build,
	// and one build must serve every set of keys.
	environment ??= parseEnvironment(process.env);
	return environment;
}
