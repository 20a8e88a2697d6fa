import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";

export interface ChildOptions {
	name: string;
	/** Arguments of this Node.js. */
	command: string[];
	cwd: string;
	environment: NodeJS.ProcessEnv;
	/** The folder for the child's output, named after it. */
	logFolder: string;
	/** Called when the child ends without having been asked to. */
	onUnexpectedExit: (sentence: string) => void;
}

export interface Child {
	/** Waits until the URL answers with a status below 500; throws when the child ends first. */
	ready(url: string): Promise<void>;
	stop(): Promise<void>;
	kill(): void;
}

const readyTimeoutMs = 90_000;
const stopTimeoutMs = 12_000;
const pollMs = 150;
const keptLines = 30;

/** Starts one of the stack's programs; its output goes to its log file. */
export function startChild(options: ChildOptions): Child {
	const { name, command, cwd, environment, logFolder, onUnexpectedExit } = options;
	mkdirSync(logFolder, { recursive: true });
	const log = createWriteStream(join(logFolder, `${name.toLowerCase().replaceAll(" ", "-")}.log`), {
		flags: "a",
	});
	const lastLines: string[] = [];
	// A process group of its own: Ctrl-C in the terminal reaches the parent only, which stops the
	// programs in order; the channel tells the child when the parent is gone.
	const process_ = spawn(process.execPath, command, {
		cwd,
		env: environment,
		stdio: ["ignore", "pipe", "pipe", "ipc"],
		detached: process.platform !== "win32",
	});
	let isStopping = false;
	let hasEnded = false;
	for (const stream of [process_.stdout, process_.stderr]) {
		stream?.on("data", (chunk: Buffer) => {
			log.write(chunk);
			lastLines.push(...chunk.toString("utf8").split("\n").filter(Boolean));
			lastLines.splice(0, Math.max(0, lastLines.length - keptLines));
		});
	}
	const ended = new Promise<void>((resolve) => {
		process_.once("close", (code, signal) => {
			hasEnded = true;
			log.end();
			resolve();
			if (!isStopping) {
				onUnexpectedExit(
					`The ${name} ended by itself (${signal ?? `exit code ${code}`}). Its last lines:\n\n${lastLines.join("\n")}`,
				);
			}
		});
	});
	return {
		async ready(url) {
			const deadline = Date.now() + readyTimeoutMs;
			while (!hasEnded) {
				const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
				if (response !== null && response.status < 500) return;
				if (Date.now() > deadline)
					throw new Error(`The ${name} did not answer at ${url} within ${readyTimeoutMs / 1_000} s.`);
				await new Promise((resolve) => setTimeout(resolve, pollMs));
			}
			throw new Error(lastLines.join("\n") || `The ${name} ended before it answered.`);
		},
		async stop() {
			isStopping = true;
			if (hasEnded) return;
			signalGroup(process_, "SIGTERM");
			const timer = setTimeout(() => signalGroup(process_, "SIGKILL"), stopTimeoutMs);
			await ended;
			clearTimeout(timer);
		},
		kill() {
			isStopping = true;
			if (!hasEnded) signalGroup(process_, "SIGKILL");
		},
	};
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === "win32") child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// Already gone: that is what was wanted.
	}
}
