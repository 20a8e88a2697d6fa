import { ruleWordAt } from "./rule-words";

/** A longer sentence is one without ends; a person reads no order of that length. */
const longestSentence = 1_000;
const [leastPiece, mostPiece] = [200, 400];
const readAhead = 12;
const longestRuleWord = 20;

/**
 * Where a sentence that is too long is cut, as offsets; empty where it is not. Always between words, never
 * between "must" and what it orders, by preference behind a comma. Which of the places in reach is taken, the letters behind it decide: so an insertion
 * moves the cuts near it, and those that follow stay. Time is linear.
 */
export function cutsOf(sentence: string): number[] {
	if (sentence.length <= longestSentence) return [];
	const cuts: number[] = [];
	for (let from = 0; sentence.length - from > mostPiece; ) {
		from = cutWithin(sentence, from + leastPiece, from + mostPiece);
		cuts.push(from);
	}
	return cuts;
}

function cutWithin(sentence: string, from: number, to: number): number {
	const best = { rank: Number.POSITIVE_INFINITY, at: -1 };
	for (let at = from; at < to; at += 1) {
		if (!isSpace(sentence, at - 1) || isSpace(sentence, at)) continue;
		const isAfterComma = /[,;:]/.test(sentence[at - 2] ?? "");
		const rank = hash(sentence.slice(at, at + readAhead)) + (isAfterComma ? 0 : 2 ** 32);
		if (rank < best.rank && !isInRule(sentence, at)) Object.assign(best, { rank, at });
	}
	if (best.at !== -1) return best.at;
	// One endless word: not through the middle of a character.
	return /[\uD800-\uDBFF]/.test(sentence[to - 1] ?? "") ? to - 1 : to;
}

/** A word that orders belongs to the next one, and `not` to the one before it. */
function isInRule(sentence: string, at: number): boolean {
	const before = /(\p{L}+)\s+$/u.exec(sentence.slice(Math.max(0, at - longestRuleWord), at))?.[1] ?? "";
	const after = /^\p{L}+/u.exec(sentence.slice(at, at + longestRuleWord))?.[0] ?? "";
	return (
		ruleWordAt([before.toLowerCase()], 0) !== null || ruleWordAt([after.toLowerCase()], 0)?.kind === "not"
	);
}

function isSpace(text: string, at: number): boolean {
	return /\s/.test(text[at] ?? "");
}

function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at += 1)
		value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
	return value;
}
