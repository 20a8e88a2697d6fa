import { conditionWords } from "./read-rule";

/** Shorter clauses are read whole. */
const leastLength = 200;
const mostChangedWords = 4;
const wordsAround = 8;
/** The word that orders what was changed stands right before it: "you must [not] answer". */
const wordsRightBefore = 2;

interface Stretch {
	start: number;
	end: number;
}

/**
 * The few words that two long texts differ in, with those around them, as stretches of each: the closest first.
 * Empty where the texts are short, equal, or differ in more than four words or in two places. A stretch never
 * begins behind the `if` that it stands under.
 */
export function narrowChanges(before: string, after: string): [before: Stretch, after: Stretch][] {
	if (Math.min(before.length, after.length) < leastLength) return [];
	const [words, others] = [wordsOf(before), wordsOf(after)];
	const isSame = (at: number, other: number) => words[at]?.word === others[other]?.word;
	const shorter = Math.min(words.length, others.length);
	let first = 0;
	while (first < shorter && isSame(first, first)) first += 1;
	let last = 0;
	while (last < shorter - first && isSame(words.length - 1 - last, others.length - 1 - last)) last += 1;
	const changed = Math.max(words.length, others.length) - first - last;
	if (changed === 0 || changed > mostChangedWords) return [];
	const from = Math.max(0, first - wordsAround);
	const isConditional = words.slice(from, first).some(({ word }) => conditionWords.has(word.toLowerCase()));
	const starts = isConditional ? [from] : [Math.max(0, first - wordsRightBefore), from];
	const stretchOf = (list: readonly Word[], start: number): Stretch => ({
		start: list[start]?.start ?? 0,
		end: list[Math.min(list.length, list.length - last + wordsAround) - 1]?.end ?? 0,
	});
	return starts.map((start) => [stretchOf(words, start), stretchOf(others, start)]);
}

interface Word extends Stretch {
	word: string;
}

function wordsOf(text: string): Word[] {
	return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
		word,
		start: index,
		end: index + word.length,
	}));
}
