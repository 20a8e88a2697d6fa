import { promptMaxLength } from "../../contract/deployment";
import { figure } from "./deployment-in-words";
import type { Finding, Place, PromptTexts } from "./finding";

/** How the models of one provider count. Other providers' differ by some tenths. */
const lengthEncoding = "o200k_base";

/** Where the two prompts begin to differ. */
interface FirstChange {
	/** The first token of the proposed prompt that the current one does not share, counted from 1. */
	token: number;
	/** The line of the first character that differs, counted from 1. */
	line: number;
	/** From 0 to 1: the part of the proposed prompt's tokens that stands before it. */
	sharedShare: number;
	/** From the first character that differs to the end of its line, on the side that has one. */
	place: Place;
}

/** How long the two prompts are, in tokens of `encoding`. */
export interface LengthComparison {
	encoding: typeof lengthEncoding;
	tokensBefore: number;
	tokensAfter: number;
	/** False where a figure is an estimate; it is said as such. */
	isExact: boolean;
	/** Null where the two are equal, character for character. */
	firstChange: FirstChange | null;
}

/** Longer than the longest prompt that our server takes in: of more, in UTF-16 units, the rest is estimated. */
const exactMaxLength = 2 * promptMaxLength;
/**
 * The tokenizer takes the square of the length of a run without a seam (letters, signs, or spaces), so that a
 * long one is cut into pieces of this length, in UTF-16 units; a few tokens at the cuts are then not those of
 * the model.
 */
const runMaxLength = 256;
/** How long the tokenizer works before whatever else waits gets its turn. */
const turnMs = 8;
const placeMaxLength = 200;

/**
 * Counts both prompts in tokens, with a real tokenizer that is loaded when it is first needed, and says where
 * they begin to differ: a provider's prompt cache shares what stands before. Lets other work through every few
 * milliseconds; 1.2 MB a side takes some tenths of a second. Never throws on any text. Names of special tokens
 * such as `<|endoftext|>` are counted as the plain text that they are here.
 *
 * Limits: an exact count is one for models that read `o200k_base`; what a provider wraps around a prompt is
 * not in it. A cache works by blocks (of 128 tokens, of 1,024 at least) and loses the rest of a block.
 */
export async function checkLength({ current, proposed }: PromptTexts): Promise<LengthComparison> {
	const tokenizer = await import("gpt-tokenizer/encoding/o200k_base");
	const turns = makeTurns();
	const encode = async (text: string): Promise<Encoded> => {
		const whole = text.slice(0, exactMaxLength);
		const { parts, isWhole } = await withoutLongRuns(whole, turns);
		const tokens: number[] = [];
		for (const part of parts) {
			for (const piece of tokenizer.encodeGenerator(part, { disallowedSpecial: new Set() })) {
				for (const token of piece) tokens.push(token);
				const pause = turns();
				if (pause !== null) await pause;
			}
		}
		const factor = whole === text ? 1 : text.length / whole.length;
		return { tokens, factor, isExact: isWhole && factor === 1 };
	};
	try {
		const before = await encode(current);
		const after = current === proposed ? before : await encode(proposed);
		return compare(current, proposed, before, after);
	} finally {
		// It remembers the words it has met, and with them whole prompts of some tenant.
		tokenizer.clearMergeCache();
	}
}

/**
 * The comparison as one sentence: a note; a warning where the prompt grows by more than a quarter and by more
 * than 200 tokens, or loses more than half.
 */
export function findingOfLength(comparison: LengthComparison): Finding {
	const { tokensBefore, tokensAfter, encoding, isExact, firstChange } = comparison;
	const about = isExact ? "" : "About ";
	if (firstChange === null) {
		return noteOf(`${about}${figure(tokensBefore)} tokens before and after (${encoding}).`, []);
	}
	const delta = tokensAfter - tokensBefore;
	const hasGrown = tokensBefore > 0 && delta > 200 && tokensAfter > 1.25 * tokensBefore;
	const hasShrunk = tokensAfter < tokensBefore / 2;
	const counts = `${about}${figure(tokensBefore)} → ${figure(tokensAfter)} tokens (${delta > 0 ? "+" : delta === 0 ? "±" : ""}${figure(delta)}, ${encoding})`;
	const where = `the first change is at ${isExact ? "" : "about "}token ${figure(firstChange.token)} (line ${figure(firstChange.line)})`;
	const sentence = `${counts}; ${where}: a prompt cache shares ${shareInWords(firstChange.sharedShare)} of it.`;
	const note = noteOf(sentence, [firstChange.place]);
	return hasGrown || hasShrunk ? { ...note, severity: "warning" } : note;
}

interface Encoded {
	tokens: number[];
	/** What the count is to be multiplied with: 1, but for a text of which only the beginning was encoded. */
	factor: number;
	isExact: boolean;
}

function compare(current: string, proposed: string, before: Encoded, after: Encoded): LengthComparison {
	const [tokensBefore, tokensAfter] = [before, after].map(({ tokens, factor }) =>
		Math.round(tokens.length * factor),
	) as [number, number];
	const isExact = before.isExact && after.isExact;
	const lengths = { encoding: lengthEncoding, tokensBefore, tokensAfter, isExact } as const;
	if (current === proposed) return { ...lengths, firstChange: null };
	let shared = 0;
	const sharedMax = Math.min(before.tokens.length, after.tokens.length);
	while (shared < sharedMax && before.tokens[shared] === after.tokens[shared]) shared += 1;
	const { start, place } = firstDifference(current, proposed);
	// Two long texts may differ only where neither was encoded any more.
	if (start >= exactMaxLength) shared = Math.floor((tokensAfter * start) / Math.max(1, proposed.length));
	return {
		...lengths,
		firstChange: {
			token: shared + 1,
			line: lineOf(current, start),
			sharedShare: tokensAfter === 0 ? 0 : Math.min(1, shared / tokensAfter),
			place,
		},
	};
}

function noteOf(sentence: string, places: readonly Place[]): Finding {
	return { check: "length", severity: "note", sentence, places };
}

/** Rounded down, so that nothing is called wholly shared that is not. */
function shareInWords(share: number): string {
	if (share === 0) return "nothing";
	if (share < 0.01) return "less than 1 %";
	return `${Math.floor(share * 100)} %`;
}

/** The two differ; `start` is the first place where they do, never within a surrogate pair. */
function firstDifference(current: string, proposed: string): { start: number; place: Place } {
	const max = Math.min(current.length, proposed.length);
	let start = 0;
	while (start < max && current.charCodeAt(start) === proposed.charCodeAt(start)) start += 1;
	if (isInsidePair(current, start) || isInsidePair(proposed, start)) start -= 1;
	const [side, text] =
		start < proposed.length ? (["proposed", proposed] as const) : (["current", current] as const);
	const lineEnd = text.slice(start, start + placeMaxLength).search(/[\r\n]/);
	let end =
		lineEnd > 0 ? start + lineEnd : Math.min(text.length, start + (lineEnd === 0 ? 1 : placeMaxLength));
	if (isInsidePair(text, end)) end += 1;
	return { start, place: { side, start, end } };
}

function isInsidePair(text: string, index: number): boolean {
	return index > 0 && index < text.length && (text.codePointAt(index - 1) ?? 0) > 0xffff;
}

/** Counted as the comparison counts lines: ends are `\n`, `\r\n` and a lone `\r`. */
function lineOf(text: string, index: number): number {
	let line = 1;
	for (const { 0: end, index: at } of text.matchAll(/\r\n|\n|\r/g)) {
		if (at + end.length > index) break;
		line += 1;
	}
	return line;
}

/** The text in order, with its long runs cut; `isWhole` where there was none. */
async function withoutLongRuns(text: string, turns: Turns): Promise<{ parts: string[]; isWhole: boolean }> {
	const parts: string[] = [];
	let from = 0;
	const cutTo = (end: number) => {
		if (end > from) parts.push(text.slice(from, end));
		from = end;
	};
	for (const { 0: run, index } of text.matchAll(/[\r\n/]+|[\p{L}\p{M}]+|[^\s\p{L}\p{N}]+|\s+/gu)) {
		const pause = turns();
		if (pause !== null) await pause;
		if (run.length <= runMaxLength) continue;
		cutTo(index);
		const end = index + run.length;
		while (from < end) {
			const next = Math.min(end, from + runMaxLength);
			cutTo(isInsidePair(text, next) ? next + 1 : next);
		}
	}
	const isWhole = from === 0;
	cutTo(text.length);
	return { parts, isWhole };
}

/** To be asked again and again by long work: a pause to be waited for, or null while its turn is not over. */
type Turns = () => Promise<void> | null;

function makeTurns(): Turns {
	let since = performance.now();
	let calls = 0;
	return () => {
		calls += 1;
		// The clock costs more than a short word.
		if (calls % 16 !== 0 || performance.now() - since < turnMs) return null;
		return new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
			since = performance.now();
		});
	};
}
