import { fileURLToPath } from "node:url";
import nextEnv from "@next/env";
import { verifyProgram } from "./verify-program";

// For what the environment leaves open the .env files, as for `npm start`, whose database is meant.
nextEnv.loadEnvConfig(fileURLToPath(new URL("../..", import.meta.url)), false, {
	info: () => undefined,
	error: console.error,
});
process.exitCode = await verifyProgram({
	args: process.argv.slice(2),
	variables: process.env,
	say: (text) => process.stdout.write(text),
	complain: (text) => process.stderr.write(text),
});
