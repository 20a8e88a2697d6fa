import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import nextEnv from "@next/env";
import type { DatabaseSettings } from "../db/connect";
import { readDatabaseSettings } from "../environment";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Which database is meant: what the environment says, and for what it leaves open the .env files, as for
 * `npm start`, whose database a person means here.
 */
export function readSettings(): DatabaseSettings {
	nextEnv.loadEnvConfig(root, false, { info: () => undefined, error: console.error });
	return readDatabaseSettings(process.env);
}

/** A file that was named on the command line. */
export function fileAsNamed(name: string): string {
	// `npm run` goes to the project's root; INIT_CWD is where the person stands.
	return resolve(process.env.INIT_CWD || process.cwd(), name);
}

/** `<dataDir>/backups/countersign-<UTC time>.jsonl.gz` */
export function defaultFile(dataDir: string, now: Date): string {
	const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
	return resolve(join(dataDir, "backups", `countersign-${time}.jsonl.gz`));
}
