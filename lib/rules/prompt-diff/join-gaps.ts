import type { Gap } from "./gap";
import type { Tokens, Vocabulary } from "./tokens";

/**
 * Joins gaps that are kept apart by next to nothing: white space, punctuation, or a single word such as `the`,
 * where what differs on either side of it is longer. A reader gets few pieces that mean something, whole words.
 * Joining only ever calls more text different, on both sides alike.
 */
export function joinGaps(
	gaps: readonly Gap[],
	left: Tokens,
	right: Tokens,
	vocabulary: Vocabulary,
): readonly Gap[] {
	let current = gaps;
	// A joined gap is longer and may take in the next: a few rounds settle all but oddities.
	for (let round = 0; round < 4; round += 1) {
		const joined = joinOnce(current, left, right, vocabulary);
		if (joined.length === current.length) return joined;
		current = joined;
	}
	return current;
}

function joinOnce(gaps: readonly Gap[], left: Tokens, right: Tokens, vocabulary: Vocabulary): Gap[] {
	const joined: Gap[] = [];
	for (const gap of gaps) {
		const before = joined.at(-1);
		if (before === undefined || !isNextToNothing(before, gap, left, right, vocabulary)) joined.push(gap);
		else joined[joined.length - 1] = { ...before, leftEnd: gap.leftEnd, rightEnd: gap.rightEnd };
	}
	return joined;
}

/** More tokens than a word, its spaces and its punctuation have; keeps the look between two gaps short. */
const maxTokensBetween = 6;

function isNextToNothing(
	before: Gap,
	after: Gap,
	left: Tokens,
	right: Tokens,
	vocabulary: Vocabulary,
): boolean {
	if (after.left - before.leftEnd > maxTokensBetween) return false;
	let keptLength = 0;
	let smallWords = 0;
	for (let index = before.leftEnd; index < after.left; index += 1) {
		const kind = vocabulary.kind(left.numbers[index] ?? 0);
		if (kind === "space") continue;
		if (kind === "word") return false;
		if (kind === "function-word") smallWords += 1;
		keptLength += lengthOf(left, index, index + 1);
	}
	if (smallWords > 1) return false;
	return Math.min(gapLength(before, left, right), gapLength(after, left, right)) > keptLength;
}

function gapLength(gap: Gap, left: Tokens, right: Tokens): number {
	return Math.max(lengthOf(left, gap.left, gap.leftEnd), lengthOf(right, gap.right, gap.rightEnd));
}

function lengthOf(tokens: Tokens, from: number, to: number): number {
	return (tokens.starts[to] ?? 0) - (tokens.starts[from] ?? 0);
}
