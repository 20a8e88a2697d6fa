import { type Bag, similarity, similarityBound } from "./bag";
import { longestRising } from "./longest-rising";
import type { Vocabulary } from "./tokens";

export type Pair = readonly [left: number, right: number];

/** Below a third of common words two lines are not called versions of each other. */
const leastSimilarity = 1 / 3;
/** Up to here every line is held against every other; beyond it only against likely ones. */
const maxCells = 6_000;
const maxCellWork = 300_000;
/** A word in more lines than this says little about which of them belong together. */
const maxLinesOfRareWord = 4;
/** How far from its expected place a line is looked for, where nothing rarer tells. */
const reach = 4;

/**
 * Pairs the lines (or sentences) that are versions of each other, each at most once and in the order of both
 * sides, so that the pairs have as much in common as possible. Two small lists are compared completely; large
 * ones by their rare words, and between those near the place where a line would be expected.
 */
export function pairSimilar(left: readonly Bag[], right: readonly Bag[], vocabulary: Vocabulary): Pair[] {
	if (left.length === 0 || right.length === 0) return [];
	const whole = { left: 0, leftEnd: left.length, right: 0, rightEnd: right.length };
	const task = { left, right, vocabulary };
	if (isSmall(task, whole)) return pairCompletely(task, whole);
	const pairs: Pair[] = [];
	let [leftFrom, rightFrom] = [0, 0];
	for (const anchor of [...pairByRareWords(task), [left.length, right.length] as const]) {
		const between = { left: leftFrom, leftEnd: anchor[0], right: rightFrom, rightEnd: anchor[1] };
		const found = isSmall(task, between) ? pairCompletely(task, between) : pairByPlace(task, between);
		for (const pair of found) pairs.push(pair);
		if (anchor[0] < left.length) pairs.push(anchor);
		[leftFrom, rightFrom] = [anchor[0] + 1, anchor[1] + 1];
	}
	return pairs;
}

interface Task {
	left: readonly Bag[];
	right: readonly Bag[];
	vocabulary: Vocabulary;
}

interface Region {
	left: number;
	leftEnd: number;
	right: number;
	rightEnd: number;
}

function isSmall(task: Task, { left, leftEnd, right, rightEnd }: Region): boolean {
	const [rows, columns] = [leftEnd - left, rightEnd - right];
	if (rows * columns > maxCells) return false;
	let work = 0;
	for (let row = left; row < leftEnd; row += 1) work += columns * (task.left[row]?.members.length ?? 0);
	for (let column = right; column < rightEnd; column += 1) {
		work += rows * (task.right[column]?.members.length ?? 0);
	}
	return work <= maxCellWork || rows * columns === 1;
}

/** What a pair is worth: one close pair more than two loose ones, a long line more than a short one. */
function worth(task: Task, row: number, column: number): number {
	const [left, right] = [task.left[row], task.right[column]];
	if (left === undefined || right === undefined) return 0;
	if (similarityBound(left, right) < leastSimilarity) return 0;
	const common = similarity(left, right, task.vocabulary);
	if (common < leastSimilarity) return 0;
	return common * common * (1 + Math.min(8, left.weight + right.weight));
}

function pairCompletely(task: Task, { left, leftEnd, right, rightEnd }: Region): Pair[] {
	const [rows, columns] = [leftEnd - left, rightEnd - right];
	if (rows === 0 || columns === 0) return [];
	const width = columns + 1;
	const worths = new Float64Array(rows * columns);
	// best[row, column] is what the lines from there to the end can be worth together.
	const best = new Float64Array((rows + 1) * width);
	for (let row = rows - 1; row >= 0; row -= 1) {
		for (let column = columns - 1; column >= 0; column -= 1) {
			const here = worth(task, left + row, right + column);
			worths[row * columns + column] = here;
			const skipped = Math.max(best[(row + 1) * width + column] ?? 0, best[row * width + column + 1] ?? 0);
			const paired = here === 0 ? 0 : here + (best[(row + 1) * width + column + 1] ?? 0);
			best[row * width + column] = Math.max(skipped, paired);
		}
	}
	const pairs: Pair[] = [];
	let [row, column] = [0, 0];
	while (row < rows && column < columns) {
		const here = best[row * width + column] ?? 0;
		const own = worths[row * columns + column] ?? 0;
		if (own > 0 && own + (best[(row + 1) * width + column + 1] ?? 0) >= here) {
			pairs.push([left + row, right + column]);
			row += 1;
			column += 1;
		} else if ((best[(row + 1) * width + column] ?? 0) >= here) row += 1;
		else column += 1;
	}
	return pairs;
}

function pairByRareWords(task: Task): Pair[] {
	const [leftCounts, rightCounts] = [countLines(task.left, task), countLines(task.right, task)];
	const isRare = (word: number) => {
		const [leftCount, rightCount] = [leftCounts[word] ?? 0, rightCounts[word] ?? 0];
		return rightCount > 0 && leftCount <= maxLinesOfRareWord && rightCount <= maxLinesOfRareWord;
	};
	const rightLines = new Map<number, number[]>();
	for (const [line, { members }] of task.right.entries()) {
		for (const [index, word] of members.entries()) {
			if (word === members[index - 1] || (leftCounts[word] ?? 0) === 0 || !isRare(word)) continue;
			const lines = rightLines.get(word);
			if (lines === undefined) rightLines.set(word, [line]);
			else lines.push(line);
		}
	}
	const chosen: Pair[] = [];
	for (const [row, { members }] of task.left.entries()) {
		const candidates = new Set<number>();
		for (const word of members) {
			if (candidates.size > 2 * maxLinesOfRareWord) break;
			if (isRare(word)) for (const line of rightLines.get(word) ?? []) candidates.add(line);
		}
		let best = 0;
		let bestColumn = -1;
		for (const column of candidates) {
			const here = worth(task, row, column);
			if (here > best) [best, bestColumn] = [here, column];
		}
		if (bestColumn >= 0) chosen.push([row, bestColumn]);
	}
	return longestRising(chosen.map(([, column]) => column)).map((place) => chosen[place] ?? [0, 0]);
}

/** In how many lines each word stands. */
function countLines(bags: readonly Bag[], { vocabulary }: Task): Int32Array {
	const counts = new Int32Array(vocabulary.size);
	for (const { members } of bags) {
		let before = -1;
		for (const word of members) {
			if (word !== before) counts[word] = (counts[word] ?? 0) + 1;
			before = word;
		}
	}
	return counts;
}

function pairByPlace(task: Task, { left, leftEnd, right, rightEnd }: Region): Pair[] {
	const pairs: Pair[] = [];
	const slope = (rightEnd - right) / Math.max(1, leftEnd - left);
	let next = right;
	for (let row = left; row < leftEnd && next < rightEnd; row += 1) {
		const expected = right + Math.round((row - left) * slope);
		const from = Math.max(next, expected - reach);
		let best = 0;
		let bestColumn = -1;
		for (let column = from; column < Math.min(rightEnd, from + 2 * reach + 1); column += 1) {
			const here = worth(task, row, column);
			if (here > best) [best, bestColumn] = [here, column];
		}
		if (bestColumn < 0) continue;
		pairs.push([row, bestColumn]);
		next = bestColumn + 1;
	}
	return pairs;
}
