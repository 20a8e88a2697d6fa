/**
 * Prepared SQL that failed. The message of the database's own error may quote a value, and a value may be
 * a prompt, so the log is given its code and constraint only.
 */
export class QueryError extends Error {
	override name = "QueryError";
	readonly code: string | null;
	readonly constraint: string | null;

	constructor(
		readonly sql: string,
		cause: unknown,
	) {
		super("A query failed", { cause });
		this.code = textField(cause, "code");
		this.constraint = textField(cause, "constraint");
	}
}

/** The SQLSTATE of a database error, however deep a library has wrapped it, or null. */
export function sqlStateOf(error: unknown): string | null {
	for (let next = error; next instanceof Error; next = next.cause) {
		const code = textField(next, "code");
		if (code !== null && /^[0-9A-Z]{5}$/.test(code)) return code;
	}
	return null;
}

function textField(error: unknown, field: string): string | null {
	if (typeof error !== "object" || error === null || !(field in error)) return null;
	const value: unknown = Reflect.get(error, field);
	return typeof value === "string" ? value : null;
}
