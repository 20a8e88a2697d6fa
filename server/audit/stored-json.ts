import type { JsonObject } from "@/lib/contract/identifiers";

const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/**
 * Reads the text of a jsonb column; null when it holds a number that JavaScript would not have written.
 * jsonb keeps every digit and JavaScript about 17, so that two different texts could give one value, and
 * one hash.
 */
export function parseStoredJson(text: string): JsonObject | null {
	for (const [token] of text.matchAll(tokens)) {
		if (!token.startsWith('"') && inDigits(String(Number(token))) !== token) return null;
	}
	return JSON.parse(text);
}

/** `1.5e-7` as jsonb shows it: `0.00000015`. */
function inDigits(written: string): string {
	const [, sign = "", whole = "", fraction = "", exponent] =
		/^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(written) ?? [];
	if (exponent === undefined) return written;
	const digits = whole + fraction;
	const point = whole.length + Number(exponent);
	if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
	if (point >= digits.length) return sign + digits.padEnd(point, "0");
	return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
