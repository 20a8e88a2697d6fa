import { pushGapsBetween } from "./align-keys";
import type { LineKeys } from "./align-lines";
import { type Bag, bagOf } from "./bag";
import type { Gap } from "./gap";
import { type LineTable, lineText } from "./lines";
import { type Pair, pairSimilar } from "./pair-similar";
import { type TokenRange, type Tokens, tokenize, type Vocabulary } from "./tokens";

/** A line of a run of changes, cut into words. */
interface ReadLine {
	range: TokenRange;
	bag: Bag;
}

/** Both prompts as lines, and the words of those lines that were read. */
export interface LineTexts {
	left: LineTable;
	right: LineTable;
	keys: LineKeys;
	leftTokens: Tokens;
	rightTokens: Tokens;
	vocabulary: Vocabulary;
}

/** What stands in the picture, in its order; lines are counted from 0. */
export type Span =
	| { kind: "same"; left: number; right: number; count: number }
	| { kind: "changed"; left: number; right: number; before: ReadLine; after: ReadLine }
	| { kind: "removed"; left: number; count: number }
	| { kind: "added"; right: number; count: number };

/** Lines in changes, both sides together, beyond which no more are paired. */
const maxReadLines = 100_000;
/** No more lines than these, and none with a letter or digit, say nothing about what belongs together. */
const maxWeakLines = 3;

/**
 * Makes the picture out of the stretches that differ. Inside one, lines that are versions of each other are
 * paired; of the rest, what was removed comes before what was added. Blank lines and lines of mere punctuation
 * between two stretches keep neither apart: they are the same where their neighbours say so, and belong to the
 * change where both passages around them were rewritten. `isComplete` is false where there was too much to pair.
 */
export function pairLines(gaps: readonly Gap[], texts: LineTexts): { spans: Span[]; isComplete: boolean } {
	const { left, right } = texts;
	const spans: Span[] = [];
	let [leftAt, rightAt] = [0, 0];
	let [room, isComplete] = [maxReadLines, true];
	for (const chain of chainsOf(gaps, left)) {
		const [first, last] = [chain[0], chain.at(-1)];
		if (first === undefined || last === undefined) continue;
		pushSame(spans, leftAt, rightAt, first.left - leftAt);
		if (hasWordsOnBothSides(chain, left, right)) {
			room -= last.leftEnd - first.left + last.rightEnd - first.right;
			if (room >= 0) pairChain(spans, chain, texts);
			else {
				isComplete = false;
				pushChainAsItIs(spans, chain);
			}
		} else pushChainAsItIs(spans, chain);
		[leftAt, rightAt] = [last.leftEnd, last.rightEnd];
	}
	pushSame(spans, leftAt, rightAt, left.count - leftAt);
	return { spans, isComplete };
}

/** Gaps with nothing but weak lines between them. */
function chainsOf(gaps: readonly Gap[], left: LineTable): Gap[][] {
	const chains: Gap[][] = [];
	for (const gap of gaps) {
		const chain = chains.at(-1);
		const before = chain?.at(-1);
		if (chain !== undefined && before !== undefined && areWeak(left, before.leftEnd, gap.left)) {
			chain.push(gap);
		} else chains.push([gap]);
	}
	return chains;
}

function areWeak(lines: LineTable, from: number, to: number): boolean {
	if (to - from > maxWeakLines) return false;
	for (let index = from; index < to; index += 1) if (hasWord(lines, index)) return false;
	return true;
}

function hasWord(lines: LineTable, index: number): boolean {
	return /[\p{L}\p{N}]/u.test(lineText(lines, index));
}

function hasWordsOnBothSides(chain: readonly Gap[], left: LineTable, right: LineTable): boolean {
	const some = (lines: LineTable, from: number, to: number) => {
		for (let index = from; index < to; index += 1) if (hasWord(lines, index)) return true;
		return false;
	};
	return (
		chain.some((gap) => some(left, gap.left, gap.leftEnd)) &&
		chain.some((gap) => some(right, gap.right, gap.rightEnd))
	);
}

function pushChainAsItIs(spans: Span[], chain: readonly Gap[]): void {
	let before: Gap | undefined;
	for (const gap of chain) {
		if (before !== undefined) pushSame(spans, before.leftEnd, before.rightEnd, gap.left - before.leftEnd);
		pushReplaced(spans, gap);
		before = gap;
	}
}

function pairChain(spans: Span[], chain: readonly Gap[], texts: LineTexts): void {
	const { left, right, keys, leftTokens, rightTokens, vocabulary } = texts;
	const [first, last] = [chain[0], chain.at(-1)];
	if (first === undefined || last === undefined) return;
	const read = (lines: LineTable, tokens: Tokens, from: number, to: number) => {
		const all: ReadLine[] = [];
		for (let index = from; index < to; index += 1) {
			const range = tokenize(tokens, lines.starts[index] ?? 0, lines.ends[index] ?? 0, vocabulary);
			all.push({ range, bag: bagOf(tokens, range, vocabulary) });
		}
		return all;
	};
	const before = read(left, leftTokens, first.left, last.leftEnd);
	const after = read(right, rightTokens, first.right, last.rightEnd);
	const pairs = pairSimilar(
		before.map(({ bag }) => bag),
		after.map(({ bag }) => bag),
		vocabulary,
	).map(([row, column]): Pair => [first.left + row, first.right + column]);
	let [leftAt, rightAt] = [first.left, first.right];
	const weakMatches = matchesInside(chain);
	const closeStretch = (leftEnd: number, rightEnd: number) => {
		const stretch = { left: leftAt, leftEnd, right: rightAt, rightEnd };
		pushStretch(spans, stretch, weakMatches, left, right, keys);
	};
	for (const [row, column] of pairs) {
		closeStretch(row, column);
		const [oldLine, newLine] = [before[row - first.left], after[column - first.right]];
		if (keys.left[row] === keys.right[column]) pushSame(spans, row, column, 1);
		else if (oldLine !== undefined && newLine !== undefined) {
			spans.push({ kind: "changed", left: row, right: column, before: oldLine, after: newLine });
		}
		[leftAt, rightAt] = [row + 1, column + 1];
	}
	closeStretch(last.leftEnd, last.rightEnd);
}

/** The weak lines that the alignment matched between the gaps of a chain, in order. */
function matchesInside(chain: readonly Gap[]): Pair[] {
	const matches: Pair[] = [];
	for (const [index, gap] of chain.entries()) {
		const before = chain[index - 1];
		if (before === undefined) continue;
		for (let step = 0; step < gap.left - before.leftEnd; step += 1) {
			matches.push([before.leftEnd + step, before.rightEnd + step]);
		}
	}
	return matches;
}

/** A stretch without pairs: what its ends have in common is the same, and so are weak lines that part nothing. */
function pushStretch(
	spans: Span[],
	stretch: Gap,
	weakMatches: readonly Pair[],
	left: LineTable,
	right: LineTable,
	keys: LineKeys,
): void {
	let { left: from, leftEnd, right: start, rightEnd } = stretch;
	while (from < leftEnd && start < rightEnd && keys.left[from] === keys.right[start]) {
		pushSame(spans, from, start, 1);
		from += 1;
		start += 1;
	}
	let atEnd = 0;
	while (from < leftEnd && start < rightEnd && keys.left[leftEnd - 1] === keys.right[rightEnd - 1]) {
		leftEnd -= 1;
		rightEnd -= 1;
		atEnd += 1;
	}
	const inside: Pair[] = [];
	let at = firstBehind(weakMatches, from);
	for (let match = weakMatches[at]; match !== undefined && match[0] < leftEnd; match = weakMatches[++at]) {
		if (match[1] >= start && match[1] < rightEnd) inside.push(match);
	}
	const parts: Gap[] = [];
	pushGapsBetween(parts, { left: from, leftEnd, right: start, rightEnd }, inside);
	const kept: Gap[] = [];
	for (const part of parts) {
		const before = kept.at(-1);
		if (before !== undefined && isRewritten(before, left, right) && isRewritten(part, left, right)) {
			kept[kept.length - 1] = { ...before, leftEnd: part.leftEnd, rightEnd: part.rightEnd };
		} else kept.push(part);
	}
	for (const part of kept) {
		pushSame(spans, from, start, part.left - from);
		pushReplaced(spans, part);
		[from, start] = [part.leftEnd, part.rightEnd];
	}
	pushSame(spans, from, start, leftEnd - from);
	pushSame(spans, leftEnd, rightEnd, atEnd);
}

function firstBehind(matches: readonly Pair[], from: number): number {
	let [low, high] = [0, matches.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((matches[middle]?.[0] ?? 0) < from) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** A passage of several lines with words on both sides. */
function isRewritten(gap: Gap, left: LineTable, right: LineTable): boolean {
	if (Math.max(gap.leftEnd - gap.left, gap.rightEnd - gap.right) < 2) return false;
	return hasWordsOnBothSides([gap], left, right);
}

function pushReplaced(spans: Span[], gap: Gap): void {
	if (gap.leftEnd > gap.left) spans.push({ kind: "removed", left: gap.left, count: gap.leftEnd - gap.left });
	if (gap.rightEnd > gap.right) {
		spans.push({ kind: "added", right: gap.right, count: gap.rightEnd - gap.right });
	}
}

/** Adds unchanged lines; those that follow directly on others become one span with them. */
function pushSame(spans: Span[], left: number, right: number, count: number): void {
	if (count <= 0) return;
	const last = spans.at(-1);
	if (last?.kind === "same") spans[spans.length - 1] = { ...last, count: last.count + count };
	else spans.push({ kind: "same", left, right, count });
}
