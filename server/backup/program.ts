import { DatabaseError } from "../db/database-error";
import { LockedError } from "../db/lock";
import { EnvironmentError } from "../environment";
import { BackupError } from "./backup-error";
import type { BackupHeader } from "./format";

const stopDeadlineMs = 3_000;
const stopped = "Stopped; nothing was changed.\n";

/** The program was not called as it wants to be. The message says how. */
export class UsageError extends Error {
	override name = "UsageError";
}

/**
 * Runs a program of this folder to its end and sets the exit code: 0 when it did what was asked, 1 when it
 * could not, 2 when it could not even begin (the call, the settings, the database that does not open). On
 * SIGINT and SIGTERM it stops within 3 s, with 1.
 */
export async function runProgram(work: (signal: AbortSignal) => Promise<0 | 1>): Promise<void> {
	const stop = new AbortController();
	const stopNow = () => {
		stop.abort();
		// A query that waits for somebody else hears of no signal; the database takes back what it had begun.
		setTimeout(() => {
			process.stderr.write(stopped);
			process.exit(1);
		}, stopDeadlineMs).unref();
	};
	for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, stopNow);
	try {
		process.exitCode = await work(stop.signal);
	} catch (error) {
		process.stderr.write(stop.signal.aborted ? stopped : `${explanation(error)}\n`);
		const isAboutTheBeginning = [UsageError, EnvironmentError, LockedError, DatabaseError].some(
			(kind) => error instanceof kind,
		);
		process.exitCode = isAboutTheBeginning ? 2 : 1;
	}
}

function explanation(error: unknown): string {
	const isForThePerson = [UsageError, EnvironmentError, LockedError, DatabaseError, BackupError].some(
		(kind) => error instanceof kind,
	);
	if (error instanceof Error && isForThePerson) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The rows of each table, a line for each. */
export function rowsInWords(tables: BackupHeader["tables"]): string {
	const width = Math.max(...tables.map(({ name }) => name.length));
	return tables
		.map(({ name, rows }) => `  ${name.padEnd(width)}  ${rows.toLocaleString("en").padStart(10)}\n`)
		.join("");
}

/** `1.3 s` */
export function secondsSince(start: number): string {
	return `${((performance.now() - start) / 1_000).toFixed(1)} s`;
}
