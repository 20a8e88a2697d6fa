import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the comparison must have in the version that the product has. */
const shared = ["react", "react-dom", "react-diff-viewer-continued"];

function dependenciesOf(file: string): Record<string, string> {
	const { dependencies = {} } = JSON.parse(readFileSync(file, "utf8")) as {
		dependencies?: Record<string, string>;
	};
	return dependencies;
}

function installedVersion(name: string): string | null {
	const file = `${folder}node_modules/${name}/package.json`;
	return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : null;
}

/** Installs the viewers into this folder's own `node_modules` unless they are there. Throws one sentence. */
export function ensureViewersInstalled(): void {
	const wanted = dependenciesOf(`${folder}package.json`);
	const ofProduct = dependenciesOf(`${root}package.json`);
	for (const name of shared) {
		if (wanted[name] !== ofProduct[name]) {
			throw new Error(
				`bench/diff/package.json names ${name} ${wanted[name]}, the product has ${ofProduct[name]}: make them the same.`,
			);
		}
	}
	if (Object.entries(wanted).every(([name, version]) => installedVersion(name) === version)) return;
	console.log("Installing the viewers to compare with; this takes a minute.");
	const npm = process.env.npm_execpath;
	const [command, ...before] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
	// Under `npm run` the folder of the outer package is in the environment, and npm would install there.
	const { npm_config_local_prefix, ...env } = process.env;
	const { status, error } = spawnSync(
		command,
		[...before, "install", "--no-save", "--no-package-lock", "--loglevel=error", "--prefix", folder],
		{ cwd: folder, env, stdio: "inherit", shell: process.platform === "win32" },
	);
	if (status !== 0) {
		throw new Error(
			`The viewers could not be installed (${error?.message ?? `npm install ended with ${status}`}). Check that this machine reaches its npm registry and run the command again.`,
		);
	}
}
