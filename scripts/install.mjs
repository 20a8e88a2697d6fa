import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}node_modules/.countersign-lockfile`;

/** Ends the program with one sentence: what is missing and what to do. */
export function giveUp(sentence) {
	console.error(`\n${sentence}\n`);
	process.exit(1);
}

/** Refuses a Node.js that the libraries do not run on; works on any Node.js that can read this file. */
export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
	const isAccepted = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
	if (!isAccepted) {
		giveUp(
			`Countersign needs Node.js 20.19, 22.12 or 24 and later; this is ${process.versions.node}. Install one of them and run the command again.`,
		);
	}
}

/** Installs exactly what the lockfile says, unless that has been done already. */
export function ensureInstalled() {
	const lockfile = createHash("sha256")
		.update(readFileSync(`${root}package-lock.json`))
		.digest("hex");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockfile) return;
	console.log("Installing the packages that the lockfile names; the first time takes a minute or two.");
	const npm = process.env.npm_execpath;
	const [command, ...before] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
	// `install --no-save` takes the versions of the lockfile and writes nothing. `npm ci` would also refuse a
	// lockfile made where a registry serves one platform only, which lists no binaries for the others.
	// Development packages too, whatever NODE_ENV says: the stand-ins and the build need them.
	const wanted = ["install", "--no-save", "--include=dev", "--loglevel=error"];
	const { status, error } = spawnSync(command, [...before, ...wanted], {
		cwd: root,
		stdio: "inherit",
		shell: process.platform === "win32",
	});
	if (status !== 0) {
		giveUp(
			`The packages could not be installed (${error?.message ?? `npm install ended with ${status}`}). Check that this machine reaches its npm registry and run the command again.`,
		);
	}
	writeFileSync(stamp, lockfile);
}
