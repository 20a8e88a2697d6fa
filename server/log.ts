import { DrizzleQueryError } from "drizzle-orm";
import { QueryError, sqlStateOf } from "./db/query-error";

export interface Log {
	info(event: string, fields?: Record<string, unknown>): void;
	error(event: string, fields?: Record<string, unknown>): void;
}

/** One JSON object a line, so that no text from outside can forge a line of its own. */
export function createLog(write: (line: string) => void): Log {
	const line =
		(level: string) =>
		(event: string, fields: Record<string, unknown> = {}) => {
			write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
		};
	return { info: line("info"), error: line("error") };
}

/** What the log says about an error, its causes included. */
export function describeError(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return { message: String(error) };
	const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
	// The message and stack of a failed query hold its parameters: prompts and reasons do not belong in a log.
	if (error instanceof DrizzleQueryError) {
		const code = sqlStateOf(error);
		// Neither does the database's own message: it may quote the value that it does not like.
		return { name: error.name, query: error.query, ...(code === null ? cause : { code }) };
	}
	if (error instanceof QueryError) {
		return { name: error.name, query: error.sql, code: error.code, constraint: error.constraint };
	}
	return { name: error.name, message: error.message, stack: error.stack, ...cause };
}
