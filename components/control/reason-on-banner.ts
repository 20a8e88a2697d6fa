/** As long as a sentence on a banner may be, in UTF-16 units; the whole of it stands in the audit log. */
const reasonMaxLength = 300;

/** A reason as the end of a sentence: not longer than a banner takes, and with one full stop. */
export function reasonOnBanner(text: string): string {
	const trimmed = text.trimEnd();
	if (trimmed.length > reasonMaxLength) return `${trimmed.slice(0, reasonMaxLength - 1).toWellFormed()}…`;
	return /[.!?…。！？]["'”’»)\]]*$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}
