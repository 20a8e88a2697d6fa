import { z } from "zod";

/** The longest reason for a decision, in code points: what a person counts, not UTF-16 units. */
export const reasonMaxLength = 2_000;

/** Counts characters as code points, so that an emoji is one and the limit is the same everywhere. */
export function codePointLength(text: string): number {
	let length = 0;
	for (const _ of text) length += 1;
	return length;
}

/**
 * Text that a database stores as it was sent: PostgreSQL refuses U+0000, and a lone surrogate would be
 * replaced silently, so that the hash of what was sent is not the hash of what is kept.
 */
export function storableText(maxLength: number) {
	return z
		.string()
		.refine((text) => text.isWellFormed(), "must be well-formed Unicode (it holds a lone surrogate)")
		.refine((text) => !text.includes("\u0000"), "must not hold the character U+0000")
		.refine(
			(text) => text.length <= maxLength || codePointLength(text) <= maxLength,
			`must be at most ${maxLength.toLocaleString("en")} characters`,
		)
		.meta({ maxLength });
}

/**
 * True when a reader would see something: spaces, zero-width and other default-ignorable characters alone
 * do not make a reason.
 */
export function hasVisibleCharacter(text: string): boolean {
	return /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u.test(text);
}

/** The reason of a decision: empty, or something a reader can see. */
export const reasonSchema = storableText(reasonMaxLength).refine(
	(text) => text === "" || hasVisibleCharacter(text),
	"must be empty or hold a visible character",
);
