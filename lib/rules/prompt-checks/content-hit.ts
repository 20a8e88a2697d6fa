import type { Severity } from "./finding";

/** One thing that was found, `text.slice(start, end)`. */
export interface Hit {
	start: number;
	end: number;
	/** What is compared with the current prompt: written in another way it is still the same. */
	value: string;
	/** Safe to show: the reader recognises it, and nobody learns it. */
	masked: string;
	severity: Severity;
}

/** Hits of a pattern, each judged by `judge`; the first group, where there is one, is what was found. */
export function hitsOf(
	text: string,
	pattern: RegExp,
	judge: (value: string, start: number, match: RegExpExecArray) => Partial<Hit> | null,
): Hit[] {
	const hits: Hit[] = [];
	for (const match of text.matchAll(pattern)) {
		const value = match[1] ?? match[0];
		const start = match.index + (match[1] === undefined ? 0 : match[0].indexOf(match[1]));
		const judged = judge(value, start, match);
		if (judged === null) continue;
		hits.push({
			start,
			end: start + value.length,
			value,
			masked: mask(value),
			severity: "warning",
			...judged,
		});
	}
	return hits;
}

/** The first characters and the last two of a long value, the first two of a short one. */
function mask(value: string): string {
	return value.length >= 12 ? `${firstOf(value, 4)}…${value.slice(-2)}` : `${firstOf(value, 2)}…`;
}

/** The first characters, never half of one. */
export function firstOf(value: string, count: number): string {
	return [...value.slice(0, 2 * count)].slice(0, count).join("");
}

const placeholderWord =
	/example|placeholder|dummy|sample|redacted|your[-_]?|changeme|insert|xxxx|\.\.\.|(?:^|[-_])(?:fake|mock|test|foo|bar)(?:[-_]|$)|0123456789|1234567890|abcdefgh/i;

/** True for what stands for a value: `your-key`, `xxxx`, `EXAMPLE`, or fewer than three different characters. */
export function isPlaceholder(value: string): boolean {
	return placeholderWord.test(value) || new Set(value.replace(/[^\p{L}\p{N}]/gu, "")).size < 3;
}

/** A number without what groups it. */
export const onlyDigits = (value: string): string => value.replace(/\D/g, "");

/** 12345, 98765, 11111, 100000: numbers that somebody typed to stand for a number. */
export function isInventedNumber(digits: string): boolean {
	return (
		"01234567890123456789".includes(digits) ||
		"98765432109876543210".includes(digits) ||
		/0{4}|1{4}|9{4}|12345/.test(digits) ||
		new Set(digits).size <= 2
	);
}
