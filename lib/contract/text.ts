import { z } from "zod";
import { codePointLength, hasVisibleCharacter, reasonMaxLength } from "./characters";

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

/** The reason of a decision: empty, or something a reader can see. */
export const reasonSchema = storableText(reasonMaxLength).refine(
	(text) => text === "" || hasVisibleCharacter(text),
	"must be empty or hold a visible character",
);
