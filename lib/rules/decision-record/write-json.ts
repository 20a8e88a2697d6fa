/**
 * A value as indented JSON. A number that a reader of JSON has as infinite, such as 1e999, is written as a text:
 * left to itself it would become null, and look as if nothing had been there.
 */
export function writeJson(value: unknown): string {
	return JSON.stringify(value, (_key, part) => (isInfinite(part) ? String(part) : part), 2);
}

function isInfinite(value: unknown): boolean {
	return typeof value === "number" && !Number.isFinite(value);
}
