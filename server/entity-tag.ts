import { createHash } from "node:crypto";
import { ApiError } from "./errors/api-error";

/** An `If-Match` header: any row that is there, or one of these strong tags. */
export type EntityTags = "*" | readonly string[];

/** A strong entity tag over parts of a row and its long texts, quotes included. */
export function entityTag(parts: readonly unknown[], texts: readonly string[]): string {
	const about = JSON.stringify([...parts, texts.map(({ length }) => length)]);
	const hash = createHash("sha256").update(about);
	// The texts as they are: as JSON they would be escaped and written out first, which takes longer than the hash.
	for (const text of texts) hash.update(text, "utf16le");
	return `"${hash.digest("base64url").slice(0, 27)}"`;
}

const tag = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
const listOfTags = new RegExp(`^${tag}(?:[ \\t]*,[ \\t]*${tag})*$`);

/**
 * Reads `If-Match` (RFC 9110, section 13.1.1), or throws 400. A weak tag is understood and matches nothing:
 * the comparison is the strong one.
 */
export function readIfMatch(header: string | undefined): EntityTags | null {
	if (header === undefined) return null;
	const text = header.trim();
	if (text === "*") return "*";
	if (listOfTags.test(text)) return text.match(new RegExp(tag, "g")) ?? [];
	const message = "must be * or a list of entity tags in double quotes";
	throw new ApiError("invalid_request", `The request is not valid: If-Match: ${message}.`, {
		details: { fields: [{ path: "If-Match", message }] },
	});
}

/** True when the condition holds for a row that is there and has this tag. */
export function matches(condition: EntityTags, tag: string): boolean {
	return condition === "*" || condition.includes(tag);
}
