import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { programOf } from "@/test/child";
import type { Cleanup } from "./test-api";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the command said and how it ended. */
export interface Ended {
	code: number;
	stdout: string;
	/** Without the lines of progress, which a slow machine may add anywhere. */
	stderr: string[];
	progress: string[];
}

const progressLine = /: line [\d,]+, imported /;

/** Runs the import as `npm run import` does, for a person who stands in `folder`. */
export function runImport(args: string[], folder: string, env: Record<string, string>): Promise<Ended> {
	return new Promise((resolve) => {
		const child = execFile(
			process.execPath,
			[...programOf("scripts/import/main.ts"), ...args],
			{ cwd: root, env: { PATH: process.env.PATH, NODE_ENV: "test", INIT_CWD: folder, ...env } },
			(_error, stdout, all) => {
				const lines = all.split("\n").filter(Boolean);
				resolve({
					code: child.exitCode ?? -1,
					stdout,
					stderr: lines.filter((line) => !progressLine.test(line)),
					progress: lines.filter((line) => progressLine.test(line)),
				});
			},
		);
	});
}

/** A folder of its own for one test, with `records.jsonl` in it. */
export function folderWith({ onTestFinished }: Cleanup, content: string): string {
	const folder = mkdtempSync(join(tmpdir(), "countersign-import-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	writeFileSync(join(folder, "records.jsonl"), content);
	return folder;
}

/** A line of a file: a record that is whole, but for the changes. */
export function lineOf(number: number, changes: Record<string, unknown> = {}): string {
	return JSON.stringify({
		project: "Support",
		cluster_signature: "sha256:abc",
		current_prompt: "You help.",
		proposed_prompt: `You help well, ${number}.`,
		rationale: `Change ${number}`,
		status: "proposed",
		source: { commit: "abc" },
		...changes,
	});
}

/** Lines 1 to `count`. */
export function linesTo(count: number): string {
	return Array.from({ length: count }, (_, index) => `${lineOf(index + 1)}\n`).join("");
}
