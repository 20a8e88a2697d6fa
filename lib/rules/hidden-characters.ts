/** What a hidden character does; `space` is the only kind that ordinary text is full of. */
export type HiddenKind = "bidirectional" | "tag" | "zero-width" | "control" | "space" | "invisible";

/** One character that a reader does not see, or takes for another, while a model reads it. */
export interface HiddenCharacter {
	/** The exact character: one code point, or a lone surrogate. */
	text: string;
	/** Written as `U+200B`. */
	codePoint: string;
	/** Short enough for a small box in a line of text: `ZWSP`, `RLO`, `TAG a`. */
	label: string;
	/** In words: `zero width space`. */
	name: string;
	kind: HiddenKind;
}

/** A text in which what cannot be seen is written out, and how much of it there was. */
export interface RevealedText {
	text: string;
	hiddenCount: number;
}

/** Most prompts are plain ASCII: this test alone settles them. */
const beyondPlain = /[^\t\n\x20-\x7e]/;

/**
 * Unicode's Default_Ignorable_Code_Point and Bidi_Control, every space but the usual one, controls but tab
 * and LF, private use, unassigned, lone surrogates, interlinear annotation, and two blanks that Unicode
 * counts as symbols. What is unassigned depends on the Unicode version of the machine that asks.
 */
const suspects = new RegExp(
	[
		"[\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}\\p{Cs}",
		"\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f",
		"\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000",
		"\\ufff9-\\ufffb\\u2800\\u{1d159}]",
	].join(""),
	"gu",
);

/** What has a place in ordinary text; which of them do, their neighbours tell. */
const maybeOrdinary = (codePoint: number): boolean =>
	codePoint === 0x0d ||
	(codePoint >= 0x180b && codePoint <= 0x2800) ||
	(codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
	(codePoint >= 0xe0030 && codePoint <= 0xe01ef);

/** Where a joiner changes how the letters beside it are drawn, and is typed for that. */
const joiningLetter = new RegExp(
	`^(?=[\\p{L}\\p{M}])[${[
		...["Arabic", "Syriac", "Nko", "Mongolian", "Adlam", "Mandaic", "Hanifi_Rohingya", "Devanagari"],
		...["Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala"],
		...["Tibetan", "Myanmar", "Khmer", "Balinese", "Javanese", "Grantha", "Newa", "Meetei_Mayek"],
	]
		.map((script) => `\\p{Script_Extensions=${script}}`)
		.join("")}]`,
	"u",
);
/** Signs that take the vowel off a consonant; a joiner after one is ordinary at the end of a word too. */
const virama = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2]/;
const arabicLetter = /^\p{Script=Arabic}/u;
const wordCharacter = /^[\p{L}\p{M}\p{N}]/u;
/** Scripts that are written without spaces, where U+200B tells where a line may break. */
const unspacedScript =
	/^[\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Tai_Tham}\p{Script=Tai_Le}]/u;
const mongolian = /^\p{Script=Mongolian}/u;
const selectable = /^[\p{Script=Han}\p{Script=Myanmar}\p{Sm}]/u;
const han = /^\p{Script=Han}/u;
const emoji = /^\p{Emoji}/u;
/** © ® ‼ ⁉ ™ ℹ are pictographs for Unicode, but nothing is ever joined to them. */
const joinableEmoji = /^(?![©®‼⁉™ℹ])\p{Extended_Pictographic}/u;
const emojiModifier = /^\p{Emoji_Modifier}/u;
const keycapBase = /^[#*0-9]/;

/** The three flags of regions that Unicode recommends; any other tag text behind a flag is drawn by nobody. */
const regionFlags = ["gbeng", "gbsct", "gbwls"].map(
	(region) =>
		`\u{1f3f4}${[...region].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("")}\u{e007f}`,
);

/**
 * Cuts a text at each hidden character: whatever is invisible, reorders text, controls, is not assigned to
 * any character, or is a space of another kind than U+0020. Each of them is a part of its own; the text
 * between comes back unchanged, and all parts joined are the exact text. Not accused: tab, LF, CR before LF,
 * well-formed emoji, and joiners, selectors and break marks where the script beside them uses them. The
 * language is not known, so left-to-right and right-to-left marks are parts everywhere. Linear time.
 */
export function splitHidden(text: string): (string | HiddenCharacter)[] {
	if (text === "") return [];
	if (!beyondPlain.test(text)) return [text];
	const parts: (string | HiddenCharacter)[] = [];
	const seen = new Map<string, HiddenCharacter>();
	let shownFrom = 0;
	for (const match of text.matchAll(suspects)) {
		const [character] = match;
		if (isOrdinary(text, match.index, character)) continue;
		if (match.index > shownFrom) parts.push(text.slice(shownFrom, match.index));
		const hidden = seen.get(character) ?? hiddenCharacter(character);
		seen.set(character, hidden);
		parts.push(hidden);
		shownFrom = match.index + character.length;
	}
	if (shownFrom < text.length) parts.push(text.slice(shownFrom));
	return parts;
}

/**
 * Writes every hidden character out as `⟦U+202E⟧`, for places where only plain text can stand. Spaces of
 * another kind stay as they are: they can be seen, and French text is full of them.
 */
export function revealHiddenCharacters(text: string): RevealedText {
	let hiddenCount = 0;
	const revealed = splitHidden(text).map((part) => {
		if (typeof part === "string") return part;
		if (part.kind === "space") return part.text;
		hiddenCount += 1;
		return `⟦${part.codePoint}⟧`;
	});
	return { text: revealed.join(""), hiddenCount };
}

/** A second joiner or break mark beside the first has a hidden neighbour and is therefore never ordinary. */
function isOrdinary(text: string, index: number, character: string): boolean {
	const codePoint = character.codePointAt(0) ?? 0;
	if (!maybeOrdinary(codePoint)) return false;
	const next = characterAt(text, index + character.length);
	if (character === "\r") return next === "\n";
	const previous = characterBefore(text, index);
	if (codePoint === 0x200c || codePoint === 0x200d)
		return isOrdinaryJoiner(text, index, character, previous, next);
	if (codePoint === 0x200b) return isOrdinaryBreak(previous, next);
	if (codePoint === 0xfe0e || codePoint === 0xfe0f) {
		return keycapBase.test(previous) ? next === "\u20e3" : emoji.test(previous);
	}
	if (codePoint === 0x202f) return mongolian.test(previous) && mongolian.test(next);
	if (codePoint >= 0x180b && codePoint <= 0x180f) return mongolian.test(previous);
	if (codePoint >= 0xfe00 && codePoint <= 0xfe02) return selectable.test(previous);
	if (codePoint >= 0xe0100) return han.test(previous);
	if (codePoint >= 0xe0000) return isInRegionFlag(text, index);
	return codePoint === 0x2800 && /[\u2801-\u28ff]/.test(previous + next);
}

function isOrdinaryJoiner(
	text: string,
	index: number,
	joiner: string,
	previous: string,
	next: string,
): boolean {
	if (joiner === "\u200d" && joinableEmoji.test(next)) {
		const isDressed = previous === "\ufe0f" || emojiModifier.test(previous);
		return joinableEmoji.test(isDressed ? characterBefore(text, index - previous.length) : previous);
	}
	const isAfterJoining = joiningLetter.test(previous);
	if (isAfterJoining && (virama.test(previous) || wordCharacter.test(next))) return true;
	if (joiner === "\u200d" && (arabicLetter.test(previous) || arabicLetter.test(next))) return true;
	return wordCharacter.test(previous) && joiningLetter.test(next);
}

function isOrdinaryBreak(previous: string, next: string): boolean {
	if (!unspacedScript.test(previous) && !unspacedScript.test(next)) return false;
	return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(previous) && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(next);
}

function isInRegionFlag(text: string, index: number): boolean {
	const flagLength = regionFlags[0]?.length ?? 0;
	// A flag is looked for near the tag only: a long run of tags would be searched again for each of them.
	const from = Math.max(0, index - flagLength + 1);
	const start = text.slice(from, index).lastIndexOf("\u{1f3f4}");
	return start >= 0 && regionFlags.includes(text.slice(from + start, from + start + flagLength));
}

function characterAt(text: string, index: number): string {
	const codePoint = text.codePointAt(index);
	return codePoint === undefined ? "" : String.fromCodePoint(codePoint);
}

function characterBefore(text: string, index: number): string {
	if (index <= 0) return "";
	const whole = text.slice(Math.max(0, index - 2), index);
	return whole.length === 2 && (whole.codePointAt(0) ?? 0) > 0xffff ? whole : text.slice(index - 1, index);
}

function hiddenCharacter(text: string): HiddenCharacter {
	const value = text.codePointAt(0) ?? 0;
	const codePoint = `U+${value.toString(16).toUpperCase().padStart(4, "0")}`;
	const [label, name] = known.get(value) ?? named(value, text, codePoint);
	return { text, codePoint, label, name, kind: kindOf(value, text) };
}

function kindOf(value: number, text: string): HiddenKind {
	if (/^\p{Bidi_Control}/u.test(text)) return "bidirectional";
	if (value >= 0xe0000 && value <= 0xe007f) return "tag";
	if ((value >= 0x200b && value <= 0x200d) || value === 0x2060 || value === 0xfeff) return "zero-width";
	if (/^[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return "control";
	return /^\p{Zs}/u.test(text) || value === 0x2800 ? "space" : "invisible";
}

/** Label and name of a character that belongs to a range rather than to the table below. */
function named(value: number, text: string, codePoint: string): [label: string, name: string] {
	if (value > 0xe0020 && value < 0xe007f) {
		const letter = String.fromCodePoint(value - 0xe0000);
		return [`TAG ${letter}`, `tag character ${letter}`];
	}
	if (value >= 0xfe00 && value <= 0xfe0f) return selector(value - 0xfe00 + 1);
	if (value >= 0xe0100 && value <= 0xe01ef) return selector(value - 0xe0100 + 17);
	if (/^\p{Cs}/u.test(text)) return [codePoint, "half of a character"];
	if (/^\p{Co}/u.test(text)) return [codePoint, "private use character"];
	if (/^\p{Cn}/u.test(text)) return [codePoint, "unassigned code point"];
	return [codePoint, /^\p{Cc}/u.test(text) ? "control character" : "invisible character"];
}

function selector(number: number): [label: string, name: string] {
	return [`VS${number}`, `variation selector ${number}`];
}

const known = new Map<number, [label: string, name: string]>([
	[0x00, ["NUL", "null"]],
	[0x01, ["SOH", "start of heading"]],
	[0x02, ["STX", "start of text"]],
	[0x03, ["ETX", "end of text"]],
	[0x04, ["EOT", "end of transmission"]],
	[0x05, ["ENQ", "enquiry"]],
	[0x06, ["ACK", "acknowledge"]],
	[0x07, ["BEL", "bell"]],
	[0x08, ["BS", "backspace"]],
	[0x0b, ["VT", "vertical tab"]],
	[0x0c, ["FF", "form feed"]],
	[0x0d, ["CR", "carriage return without line feed"]],
	[0x0e, ["SO", "shift out"]],
	[0x0f, ["SI", "shift in"]],
	[0x10, ["DLE", "data link escape"]],
	[0x11, ["DC1", "device control one"]],
	[0x12, ["DC2", "device control two"]],
	[0x13, ["DC3", "device control three"]],
	[0x14, ["DC4", "device control four"]],
	[0x15, ["NAK", "negative acknowledge"]],
	[0x16, ["SYN", "synchronous idle"]],
	[0x17, ["ETB", "end of transmission block"]],
	[0x18, ["CAN", "cancel"]],
	[0x19, ["EM", "end of medium"]],
	[0x1a, ["SUB", "substitute"]],
	[0x1b, ["ESC", "escape"]],
	[0x1c, ["FS", "file separator"]],
	[0x1d, ["GS", "group separator"]],
	[0x1e, ["RS", "record separator"]],
	[0x1f, ["US", "unit separator"]],
	[0x7f, ["DEL", "delete"]],
	[0x85, ["NEL", "next line"]],
	[0x9b, ["CSI", "control sequence introducer"]],
	[0xa0, ["NBSP", "no-break space"]],
	[0xad, ["SHY", "soft hyphen"]],
	[0x034f, ["CGJ", "combining grapheme joiner"]],
	[0x061c, ["ALM", "Arabic letter mark"]],
	[0x115f, ["HCF", "Hangul choseong filler"]],
	[0x1160, ["HJF", "Hangul jungseong filler"]],
	[0x1680, ["OGSP", "Ogham space mark"]],
	[0x17b4, ["KIVAQ", "Khmer inherent vowel AQ"]],
	[0x17b5, ["KIVAA", "Khmer inherent vowel AA"]],
	[0x180b, ["FVS1", "Mongolian variation selector 1"]],
	[0x180c, ["FVS2", "Mongolian variation selector 2"]],
	[0x180d, ["FVS3", "Mongolian variation selector 3"]],
	[0x180e, ["MVS", "Mongolian vowel separator"]],
	[0x180f, ["FVS4", "Mongolian variation selector 4"]],
	[0x2000, ["NQSP", "en quad"]],
	[0x2001, ["MQSP", "em quad"]],
	[0x2002, ["ENSP", "en space"]],
	[0x2003, ["EMSP", "em space"]],
	[0x2004, ["3/MSP", "three-per-em space"]],
	[0x2005, ["4/MSP", "four-per-em space"]],
	[0x2006, ["6/MSP", "six-per-em space"]],
	[0x2007, ["FSP", "figure space"]],
	[0x2008, ["PSP", "punctuation space"]],
	[0x2009, ["THSP", "thin space"]],
	[0x200a, ["HSP", "hair space"]],
	[0x200b, ["ZWSP", "zero width space"]],
	[0x200c, ["ZWNJ", "zero width non-joiner"]],
	[0x200d, ["ZWJ", "zero width joiner"]],
	[0x200e, ["LRM", "left-to-right mark"]],
	[0x200f, ["RLM", "right-to-left mark"]],
	[0x2028, ["LS", "line separator"]],
	[0x2029, ["PS", "paragraph separator"]],
	[0x202a, ["LRE", "left-to-right embedding"]],
	[0x202b, ["RLE", "right-to-left embedding"]],
	[0x202c, ["PDF", "pop directional formatting"]],
	[0x202d, ["LRO", "left-to-right override"]],
	[0x202e, ["RLO", "right-to-left override"]],
	[0x202f, ["NNBSP", "narrow no-break space"]],
	[0x205f, ["MMSP", "medium mathematical space"]],
	[0x2060, ["WJ", "word joiner"]],
	[0x2061, ["F()", "function application"]],
	[0x2062, ["×", "invisible times"]],
	[0x2063, [",", "invisible separator"]],
	[0x2064, ["+", "invisible plus"]],
	[0x2066, ["LRI", "left-to-right isolate"]],
	[0x2067, ["RLI", "right-to-left isolate"]],
	[0x2068, ["FSI", "first strong isolate"]],
	[0x2069, ["PDI", "pop directional isolate"]],
	[0x206a, ["ISS", "inhibit symmetric swapping"]],
	[0x206b, ["ASS", "activate symmetric swapping"]],
	[0x206c, ["IAFS", "inhibit Arabic form shaping"]],
	[0x206d, ["AAFS", "activate Arabic form shaping"]],
	[0x206e, ["NADS", "national digit shapes"]],
	[0x206f, ["NODS", "nominal digit shapes"]],
	[0x2800, ["BRBL", "blank Braille pattern"]],
	[0x3000, ["IDSP", "ideographic space"]],
	[0x3164, ["HF", "Hangul filler"]],
	[0xfeff, ["BOM", "byte order mark"]],
	[0xffa0, ["HWHF", "halfwidth Hangul filler"]],
	[0xfff9, ["IAA", "interlinear annotation anchor"]],
	[0xfffa, ["IAS", "interlinear annotation separator"]],
	[0xfffb, ["IAT", "interlinear annotation terminator"]],
	[0x1d159, ["NULNOTE", "musical null notehead"]],
	[0xe0001, ["LANG TAG", "language tag"]],
	[0xe0020, ["TAG SP", "tag character space"]],
	[0xe007f, ["TAG END", "tag that ends a sequence"]],
]);
