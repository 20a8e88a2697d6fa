import { resolve } from "node:path";
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);

const variablesSchema = z.object({
	PORT: port.default(3000),
	API_PORT: port.default(8080),
	CLERK_PORT: port.default(8081),
	COUNTERSIGN_DATA_DIR: z.string().default(".data"),
	COUNTERSIGN_HOST: z.string().default("localhost"),
	COUNTERSIGN_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
	COUNTERSIGN_API_URL: z.url({ protocol: /^https?$/ }).optional(),
	NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: z.string().optional(),
	CLERK_SECRET_KEY: z.string().optional(),
	COUNTERSIGN_EXECUTOR_WEBHOOK_URL: z.string().optional(),
	COUNTERSIGN_EXECUTOR_MODEL_URL: z.string().optional(),
});

/** What to start, from the environment alone. */
export interface StackSettings {
	port: number;
	apiPort: number;
	clerkPort: number;
	/** Absolute. */
	dataDir: string;
	host: string;
	origin: string;
	/** A foreign API, or null to start our own. */
	apiUrl: string | null;
	/** No Clerk keys are set, so people sign in through the stand-in. */
	usesClerkStandIn: boolean;
	/**
	 * Nobody has said who executes actions, so a stand-in for a model does. Only beside the local sign-in: what it
	 * answers is stored, and has no place among the traces of real people.
	 */
	usesModelStandIn: boolean;
}

/** Reads the settings; throws one sentence that names the variable that is wrong. */
export function readStackSettings(source: Record<string, string | undefined>, root: string): StackSettings {
	const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
	const parsed = variablesSchema.safeParse(given);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new Error(`${issue?.path.join(".")} is not usable: ${issue?.message}. Correct it or unset it.`);
	}
	const variables = parsed.data;
	const hasPublishable = variables.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY !== undefined;
	const hasSecret = variables.CLERK_SECRET_KEY !== undefined;
	if (hasPublishable !== hasSecret) {
		const missing = hasSecret ? "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY" : "CLERK_SECRET_KEY";
		throw new Error(
			`${missing} is missing: Clerk needs both of its keys. Set it, or unset the other for local sign-in.`,
		);
	}
	const hasExecutor =
		variables.COUNTERSIGN_EXECUTOR_WEBHOOK_URL !== undefined ||
		variables.COUNTERSIGN_EXECUTOR_MODEL_URL !== undefined;
	const apiUrl = variables.COUNTERSIGN_API_URL ?? null;
	return {
		port: variables.PORT,
		apiPort: variables.API_PORT,
		clerkPort: variables.CLERK_PORT,
		dataDir: resolve(root, variables.COUNTERSIGN_DATA_DIR),
		host: variables.COUNTERSIGN_HOST,
		origin: variables.COUNTERSIGN_ORIGIN?.replace(/\/+$/, "") ?? `http://localhost:${variables.PORT}`,
		apiUrl,
		usesClerkStandIn: !hasSecret,
		usesModelStandIn: !hasSecret && apiUrl === null && !hasExecutor,
	};
}
