import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Everything that the build of the dashboard is made from. */
const inputs = [
	"app",
	"components",
	"lib",
	"public",
	"proxy.ts",
	"next.config.mjs",
	"postcss.config.mjs",
	"tailwind.config.ts",
	"tsconfig.json",
	"package-lock.json",
	".env",
	".env.local",
	".env.production",
	".env.production.local",
];

/** Builds the dashboard when its sources are not the ones that the last build was made from. */
export async function buildIfStale(root: string, environment: NodeJS.ProcessEnv): Promise<void> {
	const stamp = join(root, ".next", "countersign-inputs");
	const fingerprint = await fingerprintOf(root);
	if (existsSync(stamp) && (await readFile(stamp, "utf8")) === fingerprint) return;
	console.log("Building the dashboard; this takes a minute.");
	const output: Buffer[] = [];
	const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
		cwd: root,
		env: withoutClerk(environment),
		stdio: ["ignore", "pipe", "pipe"],
	});
	child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
	child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
	const code = await new Promise((resolve) => child.once("close", resolve));
	if (code !== 0) {
		throw new Error(`The dashboard could not be built:\n${Buffer.concat(output).toString("utf8")}`);
	}
	await writeFile(stamp, fingerprint);
}

/**
 * The environment without Clerk's variables. Next writes `NEXT_PUBLIC_…` into the build, and Clerk's SDK
 * would then look for the stand-in of this laptop under whatever keys the build is started with.
 */
function withoutClerk(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const kept = Object.entries(environment).filter(([name]) => !/^(NEXT_PUBLIC_)?CLERK_/.test(name));
	return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}

async function fingerprintOf(root: string): Promise<string> {
	const hash = createHash("sha256").update(`${process.version} without Clerk's variables`);
	for (const input of inputs) {
		for (const file of await listFiles(root, input)) {
			hash.update(`\n${file}\n`).update(await readFile(join(root, file)));
		}
	}
	return hash.digest("hex");
}

async function listFiles(root: string, path: string): Promise<string[]> {
	if (!existsSync(join(root, path))) return [];
	const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(() => null);
	if (entries === null) return [path];
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length))
		.sort();
}
