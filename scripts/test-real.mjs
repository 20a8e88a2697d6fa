import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./find-browser.mjs";
import { findFreePorts } from "./free-ports.mjs";
import { ensureInstalled, giveUp, requireNode } from "./install.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const readyTimeoutMs = 10 * 60_000;
const stopTimeoutMs = 45_000;
const readyWords = "Countersign is running";

/** Only what this run sets counts, whatever the shell and the .env files say: empty means unset. */
const unset = [
	"COUNTERSIGN_API_URL",
	"COUNTERSIGN_ORIGIN",
	"COUNTERSIGN_HOST",
	"COUNTERSIGN_TOKEN",
	"COUNTERSIGN_EVALUATION_RULES",
	"COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE",
	"COUNTERSIGN_EXECUTOR_MODEL_API_KEY",
	"COUNTERSIGN_EXECUTOR_MODEL_NAME",
	"COUNTERSIGN_EXECUTOR_MODEL_STAND_IN",
	"COUNTERSIGN_EXECUTOR_MODEL_URL",
	"COUNTERSIGN_EXECUTOR_WEBHOOK_URL",
	"COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET",
	"DATABASE_URL",
	"API_HOST",
	"NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY",
	"CLERK_SECRET_KEY",
	"CLERK_JWT_KEY",
	"CLERK_ISSUER",
	"CLERK_AUTHORIZED_PARTIES",
];

requireNode();
const file = readFile(process.argv.slice(2));
ensureInstalled();
const browser = await findBrowser().catch((error) => giveUp(error.message));

const folder = mkdtempSync(join(tmpdir(), "countersign-real-"));
/** The programs that are running now, the last started first. */
const running = [];
let isStopping = false;

for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 })) {
	process.on(signal, () => void finish(128 + number));
}

const tally = { passed: 0, failed: 0 };
try {
	await testEverything();
} catch (error) {
	if (!isStopping) {
		console.error(`\n${error instanceof Error ? error.message : error}`);
		tally.failed += 1;
	}
}
if (!isStopping) {
	await finish(tally.failed > 0 || tally.passed === 0 ? 1 : 0, () =>
		console.log(`\n${tally.passed} passed, ${tally.failed} failed`),
	);
}

async function testEverything() {
	const [port, apiPort, clerkPort] = await findFreePorts(3);
	const environment = {
		...process.env,
		...Object.fromEntries(unset.map((name) => [name, ""])),
		PORT: String(port),
		API_PORT: String(apiPort),
		CLERK_PORT: String(clerkPort),
		COUNTERSIGN_DATA_DIR: join(folder, "data"),
		COUNTERSIGN_BROWSER: browser,
		COUNTERSIGN_REAL_FILE: file,
		COUNTERSIGN_REAL_FOLDER: folder,
	};
	await startStack(environment);
	await importTwice(environment);
	await lookAtRecords(environment);
}

async function startStack(environment) {
	console.log("Starting a stack of its own, with its data in a temporary folder.");
	// start.mjs knows nothing of its parent; the preload ends it when this process is gone, however it went.
	const args = ["--import", "./local/stack/exit-with-parent.mjs", "scripts/start.mjs"];
	const stack = start(args, environment, ["ignore", "pipe", "pipe", "ipc"]);
	let said = "";
	const ready = new Promise((isReady) => {
		for (const stream of [stack.child.stdout, stack.child.stderr]) {
			stream.on("data", (chunk) => {
				said += chunk;
				if (said.includes(readyWords)) isReady(true);
			});
		}
	});
	const isReady = await Promise.race([ready, stack.ended.then(() => false), timeout(readyTimeoutMs)]);
	if (!isReady) throw new Error(`The stack did not start:\n${said.trim()}`);
	void stack.ended.then(() => {
		if (!isStopping)
			console.error(`The stack ended by itself:\n${said.trim().split("\n").slice(-10).join("\n")}`);
	});
}

/** Two checks: the file is imported without a fault, and a second time nothing of it is new. */
async function importTwice(environment) {
	const first = await importFile(environment);
	check(
		"every record of the file is imported",
		first.code === 0 && first.imported + first.alreadyThere > 0,
		first.said,
	);
	const second = await importFile(environment);
	const isUnchanged =
		second.imported === 0 &&
		second.alreadyThere === first.imported + first.alreadyThere &&
		second.failed === first.failed;
	check("a second import adds nothing", isUnchanged, second.said);
}

async function importFile(environment) {
	const args = ["--import", "tsx", "scripts/import/main.ts", file];
	const { child, ended } = start(args, environment, ["ignore", "pipe", "inherit"]);
	let said = "";
	child.stdout.on("data", (chunk) => {
		said += chunk;
	});
	const code = await ended;
	const [imported, alreadyThere, failed] = [...said.matchAll(/(?:imported|already there|failed) (\d+)/g)].map(
		([, count]) => Number(count),
	);
	return { code, said: said.trim(), imported, alreadyThere, failed };
}

async function lookAtRecords(environment) {
	const command = join(root, "node_modules", "@playwright", "test", "cli.js");
	const args = [command, "test", "--config", "playwright.real.config.ts"];
	const code = await start(args, environment, ["ignore", "inherit", "inherit"]).ended;
	const results = join(folder, "results.json");
	if (!existsSync(results)) throw new Error("The browser tests did not run.");
	const { stats } = JSON.parse(readFileSync(results, "utf8"));
	tally.passed += stats.expected;
	// None of these tests skips itself: one that was skipped waits for one that failed.
	const failed = stats.unexpected + stats.flaky + stats.skipped;
	tally.failed += failed === 0 && code !== 0 ? 1 : failed;
}

function check(title, isPassed, said) {
	// What was ended in the middle says nothing about the product.
	if (isStopping) return;
	console.log(`${isPassed ? "passed" : "FAILED"}: ${title} (${said})`);
	tally[isPassed ? "passed" : "failed"] += 1;
}

/** In a process group of its own: Ctrl-C reaches this process alone, which ends the others in order. */
function start(args, environment, stdio) {
	if (isStopping) throw new Error("Stopping.");
	const isDetached = process.platform !== "win32";
	const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio, detached: isDetached });
	const entry = { child, ended: undefined };
	entry.ended = new Promise((isEnded) => {
		child.once("close", (code) => {
			running.splice(running.indexOf(entry), 1);
			isEnded(code);
		});
	});
	running.unshift(entry);
	return entry;
}

/** Ends what runs, removes the folder and leaves; `sayLast` has the last word. */
async function finish(exitCode, sayLast = () => undefined) {
	if (isStopping) return;
	isStopping = true;
	for (const { child, ended } of [...running]) {
		child.kill("SIGTERM");
		const hasEnded = await Promise.race([ended.then(() => true), timeout(stopTimeoutMs)]);
		if (hasEnded !== true) killGroup(child);
	}
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	sayLast();
	process.exit(exitCode);
}

function killGroup(child) {
	try {
		if (process.platform === "win32") child.kill("SIGKILL");
		else process.kill(-child.pid, "SIGKILL");
	} catch {
		// Already gone: that is what was wanted.
	}
}

function timeout(milliseconds) {
	return new Promise((isOver) => setTimeout(() => isOver(false), milliseconds).unref());
}

function readFile([name, ...others]) {
	const usage = "npm run test:real -- deployments.jsonl";
	if (name === undefined || others.length > 0) giveUp(`Name one file of real deployments: ${usage}`);
	const path = resolve(process.env.INIT_CWD || process.cwd(), name);
	if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
		giveUp(`${path} is not there: name a JSONL file of deployments, as in ${usage}`);
	}
	return path;
}
