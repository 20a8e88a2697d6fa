import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const installTimeoutMs = 5 * 60_000;
const versionTimeoutMs = 30_000;
const isRoot = process.getuid?.() === 0;

// The headless build first: the same engine with half the work on a small machine.
const commands = [
	"chromium-headless-shell",
	"chromium",
	"chromium-browser",
	"google-chrome",
	"google-chrome-stable",
];
const usualPlaces = {
	darwin: [
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
	],
	win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
		.map((name) => process.env[name])
		.filter((folder) => folder !== undefined)
		.map((folder) => join(folder, "Google", "Chrome", "Application", "chrome.exe")),
};

/** The path of a browser that runs here; one is installed when there is none. Throws one sentence. */
export async function findBrowser() {
	const chosen = process.env.COUNTERSIGN_BROWSER;
	if (chosen) {
		if (existsSync(chosen)) return chosen;
		throw new Error(`COUNTERSIGN_BROWSER names ${chosen}, which does not exist: correct it or unset it.`);
	}
	const found = await firstThatRuns(await knownPlaces());
	if (found !== null) return found;
	await install();
	const installed = await firstThatRuns(await knownPlaces());
	if (installed !== null) return installed;
	throw new Error(
		"There is no browser here and none could be installed: install Chromium or Google Chrome (or run `npx playwright install --with-deps chromium`), or name one in COUNTERSIGN_BROWSER.",
	);
}

/** What a Chromium that tests drive is started with, beyond what Playwright adds. */
export function browserArguments() {
	return [
		// Chromium refuses to run as root with its sandbox; everybody else keeps it.
		...(isRoot ? ["--no-sandbox"] : []),
		"--disable-background-networking",
		"--disable-quic",
		"--disable-component-update",
		"--disable-sync",
		"--no-first-run",
	];
}

async function knownPlaces() {
	const { chromium } = await import("@playwright/test");
	const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
	const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
	return [chromium.executablePath(), ...onPath, ...(usualPlaces[process.platform] ?? [])].filter(
		(path) => path !== "" && existsSync(path),
	);
}

/** Ubuntu's chromium-browser may be a note about snap, and libraries may be missing: only a start tells. */
async function firstThatRuns(paths) {
	for (const path of paths) {
		// On Windows --version opens a window.
		if (process.platform === "win32" || (await tellsVersion(path))) return path;
	}
	return null;
}

function tellsVersion(path) {
	return new Promise((resolve) => {
		execFile(path, ["--version"], { timeout: versionTimeoutMs }, (error, stdout) =>
			resolve(error === null && /\d+\.\d+/.test(stdout)),
		);
	});
}

async function install() {
	const deadlineMs = Date.now() + installTimeoutMs;
	if (isRoot && (await runs("apt-get", ["--version"], deadlineMs, "ignore"))) {
		console.log("Installing Chromium with apt-get; this takes a minute or two.");
		const packages = ["chromium-headless-shell", "fonts-liberation"];
		await runs("apt-get", ["-qq", "update"], deadlineMs);
		const wanted = ["-qq", "install", "-y", "--no-install-recommends", ...packages];
		if (await runs("apt-get", wanted, deadlineMs)) return;
	}
	console.log("Installing Chromium with Playwright; this takes a minute or two.");
	const command = join(root, "node_modules", "@playwright", "test", "cli.js");
	await runs(process.execPath, [command, "install", "chromium"], deadlineMs);
}

/** Whether a command ends well before the deadline; what it prints goes to standard error. */
function runs(command, args, deadlineMs, output = "inherit") {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: root,
			env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
			stdio: ["ignore", output === "inherit" ? process.stderr : "ignore", output],
			timeout: Math.max(1, deadlineMs - Date.now()),
			killSignal: "SIGKILL",
		});
		child.once("error", () => resolve(false));
		child.once("close", (code) => resolve(code === 0));
	});
}
