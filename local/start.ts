import { join } from "node:path";
import { fileURLToPath } from "node:url";
import nextEnv from "@next/env";
import { clerkEnvironment } from "./clerk/environment";
import { loadOrCreateClerkKeys } from "./clerk/keys";
import { type RunningModelStandIn, startModelStandIn } from "./model/start";
import { sampleOrganizations, samplePassword, samplePeople } from "./people";
import { buildIfStale } from "./stack/build";
import { type Child, startChild } from "./stack/child";
import { requireFreePort } from "./stack/ports";
import { readStackSettings, type StackSettings } from "./stack/settings";

const root = fileURLToPath(new URL("..", import.meta.url));
const isDevelopment = process.argv.includes("--dev");
const forceAfterMs = 1_000;

const running: Child[] = [];
let modelStandIn: RunningModelStandIn | null = null;
let stoppingSince: number | null = null;

/** Stops what was started, the last first; a second signal after a moment does not wait. */
async function stopAll(exitCode: number): Promise<void> {
	if (stoppingSince !== null) {
		if (Date.now() - stoppingSince > forceAfterMs) {
			for (const child of running) child.kill();
			process.exit(exitCode || 1);
		}
		return;
	}
	stoppingSince = Date.now();
	for (const child of [...running].reverse()) await child.stop();
	await modelStandIn?.stop();
	process.exit(exitCode);
}

function fail(sentence: string): Promise<void> {
	if (stoppingSince === null) console.error(`\n${sentence}\n`);
	return stopAll(1);
}

async function main(): Promise<void> {
	nextEnv.loadEnvConfig(root, isDevelopment, { info: () => undefined, error: console.error });
	const settings = readStackSettings(process.env, root);
	await requireFreePort(settings.port, "PORT");
	if (settings.apiUrl === null) await requireFreePort(settings.apiPort, "API_PORT");
	if (settings.usesClerkStandIn) await requireFreePort(settings.clerkPort, "CLERK_PORT");

	const environment = await stackEnvironment(settings);
	const logFolder = join(settings.dataDir, "log");
	const start = async (name: string, command: string[], url: string) => {
		const child = startChild({
			name,
			command,
			cwd: root,
			environment,
			logFolder,
			onUnexpectedExit: (sentence) => void fail(sentence),
		});
		running.push(child);
		await child.ready(url);
	};

	if (!isDevelopment) await buildIfStale(root, environment);
	if (stoppingSince !== null) return;
	if (settings.usesClerkStandIn) {
		const url = `http://127.0.0.1:${settings.clerkPort}/health`;
		await start("Clerk stand-in", ["--import", "tsx", "local/clerk/main.ts"], url);
	}
	if (settings.usesModelStandIn) {
		modelStandIn = await startModelStandIn();
		Object.assign(environment, modelStandIn.variables);
	}
	if (settings.apiUrl === null) {
		const entry = settings.usesClerkStandIn ? "local/api.ts" : "server/main.ts";
		await start("API", ["--import", "tsx", entry], `http://127.0.0.1:${settings.apiPort}/health`);
	}
	await start(
		"dashboard",
		[
			// With the preload `next dev`, which starts a server process of its own, ended as soon as it was ready.
			...(isDevelopment ? [] : ["--import", "./local/stack/exit-with-parent.mjs"]),
			...(isDevelopment
				? ["node_modules/next/dist/bin/next", "dev", "-H", settings.host, "-p", String(settings.port)]
				: ["scripts/serve.mjs"]),
		],
		`http://${settings.host}:${settings.port}/sign-in`,
	);
	if (stoppingSince === null) announce(settings, logFolder);
}

/** What every program of the stack is told; each takes the variables that are its own. */
async function stackEnvironment(settings: StackSettings): Promise<NodeJS.ProcessEnv> {
	const environment: NodeJS.ProcessEnv = {
		...process.env,
		PORT: String(settings.port),
		COUNTERSIGN_HOST: settings.host,
		API_PORT: String(settings.apiPort),
		CLERK_PORT: String(settings.clerkPort),
		COUNTERSIGN_DATA_DIR: settings.dataDir,
		COUNTERSIGN_ORIGIN: settings.origin,
		COUNTERSIGN_API_URL: settings.apiUrl ?? `http://127.0.0.1:${settings.apiPort}`,
		NEXT_TELEMETRY_DISABLED: "1",
	};
	if (!settings.usesClerkStandIn) return environment;
	const keys = await loadOrCreateClerkKeys(settings.dataDir);
	return {
		...environment,
		...clerkEnvironment({ keys, clerkUrl: `http://127.0.0.1:${settings.clerkPort}` }),
		COUNTERSIGN_LOCAL: "1",
	};
}

function announce(settings: StackSettings, logFolder: string): void {
	const lines = ["", `Countersign is running: ${settings.origin}`, ""];
	if (settings.usesClerkStandIn) {
		lines.push(`Sign in with the password "${samplePassword}" as`);
		for (const person of samplePeople) {
			const organization = sampleOrganizations.find(({ id }) => id === person.organizationId)?.name ?? "";
			lines.push(`  ${person.email.padEnd(22)} ${person.role} of ${organization}`);
		}
		lines.push("");
	}
	lines.push(
		`API   ${settings.apiUrl ?? `http://127.0.0.1:${settings.apiPort}`}`,
		`Data  ${settings.dataDir}`,
		`Logs  ${logFolder}`,
		...(settings.usesModelStandIn
			? ["", "Control actions are executed by a stand-in for a model, and what it answers says so."]
			: []),
		"",
		"Ctrl-C stops all of it; the data stays.",
	);
	console.log(lines.join("\n"));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
	process.on(signal, () => void stopAll(0));
}
main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
