/** The longest reason for a decision, in code points: what a person counts, not UTF-16 units. */
export const reasonMaxLength = 2_000;

/** Counts characters as code points, so that an emoji is one and the limit is the same everywhere. */
export function codePointLength(text: string): number {
	let length = 0;
	for (const _ of text) length += 1;
	return length;
}

/**
 * True when a reader would see something: spaces, zero-width and other default-ignorable characters alone
 * do not make a reason.
 */
export function hasVisibleCharacter(text: string): boolean {
	return /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u.test(text);
}
