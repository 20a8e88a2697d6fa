/**
 * Characters that a reader cannot see but a model reads: default-ignorable ones (zero-width, tags,
 * Hangul fillers, bidirectional marks), the other direction overrides, and control characters but tab
 * and the line ends. Source of the classes: Unicode's Default_Ignorable_Code_Point and Bidi_Control.
 */
const suspects = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}]/gu;

/** Joiners and variation selectors are ordinary inside an emoji, and joiners in Arabic and Indic words. */
const joiners = new Set(["\u200c", "\u200d", "\ufe0e", "\ufe0f"]);
const joinable =
	/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Script=Arabic}\p{L}\p{M}#*0-9]$/u;

/** A text in which what cannot be seen is written out, and how much of it there was. */
export interface RevealedText {
	text: string;
	hiddenCount: number;
}

/**
 * Writes every hidden character out as `⟦U+202E⟧`. Emoji sequences and joiners between letters of
 * scripts that need them are left alone; a joiner in Latin text is not.
 */
export function revealHiddenCharacters(text: string): RevealedText {
	let hiddenCount = 0;
	const revealed = text.replace(suspects, (character, offset: number) => {
		if (character === "\t" || character === "\n" || character === "\r") return character;
		if (joiners.has(character) && isOrdinaryJoiner(text.slice(Math.max(0, offset - 2), offset)))
			return character;
		hiddenCount += 1;
		const codePoint = character.codePointAt(0) ?? 0;
		return `⟦U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}⟧`;
	});
	return { text: revealed, hiddenCount };
}

function isOrdinaryJoiner(before: string): boolean {
	return joinable.test(before) && !/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]$/u.test(before);
}
