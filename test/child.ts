import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface Child {
	process: ChildProcess;
	stdout: () => string;
	stderr: () => string;
	/** The exit code, or the name of the signal that ended it. */
	ended: Promise<number | string>;
	/** Waits until its standard output holds the text. */
	says(text: string): Promise<void>;
}

/** What Node is told to run a TypeScript file of ours: the bundle that this test run has made of it, if it has. */
export function programOf(file: string): string[] {
	const bundle = join(process.env.TEST_PROGRAMS ?? "", file.replace(/\.ts$/, ".mjs"));
	if (process.env.TEST_PROGRAMS !== undefined && existsSync(bundle)) return [bundle];
	return ["--import", "tsx", join(root, file)];
}

/** Starts a TypeScript file of ours in a process of its own, with a channel to us, its parent. */
export function startChild(file: string, args: string[], env: Record<string, string>): Child {
	const options = programOf(file);
	const program = options.pop() ?? file;
	const child = fork(program, args, {
		cwd: root,
		env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
		// The embedded database is compiled at every start; done thoroughly, that takes longer than most of these lives.
		execArgv: ["--liftoff-only", ...options],
		stdio: ["ignore", "pipe", "pipe", "ipc"],
	});
	let out = "";
	let err = "";
	child.stdout?.on("data", (chunk) => {
		out += chunk;
	});
	child.stderr?.on("data", (chunk) => {
		err += chunk;
	});
	const ended = new Promise<number | string>((resolve) => {
		child.on("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
		// After `disconnect()` Node never emits "close"; what was said by then has been read a moment later.
		child.on("exit", (code, signal) => setTimeout(() => resolve(code ?? signal ?? "unknown"), 200));
	});
	return {
		process: child,
		stdout: () => out,
		stderr: () => err,
		ended,
		says: (text) =>
			new Promise((resolve, reject) => {
				const look = () => {
					if (out.includes(text)) resolve();
				};
				look();
				child.stdout?.on("data", look);
				child.on("close", () => reject(new Error(`It ended without saying ${text}: ${out}${err}`)));
			}),
	};
}
