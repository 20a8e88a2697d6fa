import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureInstalled, requireNode } from "./install.mjs";

/**
 * Everything that says green, in the order of what is quickest to know: lint, types, unused code, imports,
 * packages, then unit and API tests, then the browser. Goes on after a failure, so that one run tells all
 * of it; closes with `N passed, N failed`.
 */
requireNode();
ensureInstalled();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync(".test", { recursive: true, force: true });
mkdirSync(".test", { recursive: true });

const tally = { passed: 0, failed: 0 };
const failures = [];

const options = {
	shell: process.platform === "win32",
	env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
};

/** Runs a check that has something to say only when it fails. */
async function check(name, args) {
	const child = spawn("npm", ["--silent", ...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
	const [status] = await once(child, "close");
	const isGood = status === 0;
	console.log(`\n── ${name}: ${isGood ? "good" : `not good\n${said}`}`);
	tally[isGood ? "passed" : "failed"] += 1;
	if (!isGood) failures.push(name);
}

/** Runs tests that write a report; a run without a readable report, or with no test in it, has failed. */
function suite(name, command, args, readReport) {
	console.log(`\n── ${name}`);
	const { status } = spawnSync(command, args, { ...options, stdio: "inherit" });
	let counted = { passed: 0, failed: 0 };
	try {
		counted = readReport();
	} catch (error) {
		console.error(`The report of ${name} cannot be read: ${error.message}`);
	}
	const isBroken = counted.failed === 0 && (status !== 0 || counted.passed === 0);
	tally.passed += counted.passed;
	tally.failed += counted.failed + (isBroken ? 1 : 0);
	if (status !== 0 || isBroken) failures.push(name);
}

// Two at a time: the first is the longest and keeps one core, the others take turns on the other.
await Promise.all([
	check("types", ["run", "types"]),
	(async () => {
		await check("lint and format", ["run", "lint"]);
		await check("unused code", ["run", "unused"]);
		await check("imports flow one way", ["run", "imports"]);
		await check("packages agree with each other", ["ls", "--all", "--loglevel=error"]);
	})(),
]);
suite(
	"unit and API tests",
	process.execPath,
	[
		"node_modules/vitest/vitest.mjs",
		"run",
		"--reporter=default",
		"--reporter=json",
		"--outputFile.json=.test/unit.json",
	],
	() => {
		const report = JSON.parse(readFileSync(".test/unit.json", "utf8"));
		return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests };
	},
);
suite("browser tests", process.execPath, ["scripts/e2e.mjs"], () => {
	const { stats } = JSON.parse(readFileSync(".test/e2e.json", "utf8"));
	// A test that passed only when tried again, or did not run, is no green test.
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
});

if (failures.length > 0) console.log(`\nNot green: ${failures.join(", ")}.`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
