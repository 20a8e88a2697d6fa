import { type KeyAligner, pushGap, trimGap } from "./align-keys";
import { bagOf } from "./bag";
import type { Gap } from "./gap";
import { joinGaps } from "./join-gaps";
import type { Piece } from "./model";
import { pairSimilar } from "./pair-similar";
import { type Sentence, sentencesOf } from "./sentences";
import { slideGaps } from "./slide-gaps";
import { type TokenRange, type Tokens, textOf, type Vocabulary } from "./tokens";

/** Longer lines are compared sentence by sentence first. */
const longLineLength = 200;

/** The tokens of both prompts, and what all comparisons of their words share. */
export interface WordTexts {
	left: Tokens;
	right: Tokens;
	vocabulary: Vocabulary;
	aligner: KeyAligner;
}

/** What differs inside a pair of lines; the texts of each side's pieces join exactly to that side's line. */
export interface ComparedWords {
	left: Piece[];
	right: Piece[];
}

/**
 * Compares two versions of a line word by word. In a long line sentences are matched first, so that words are
 * looked for only inside versions of the same sentence and a rewritten one leaves the others whole.
 */
export function compareWords(
	{ left, right, vocabulary, aligner }: WordTexts,
	leftLine: TokenRange,
	rightLine: TokenRange,
): ComparedWords {
	const texts = { left, right, vocabulary, aligner };
	const whole = { left: leftLine.from, leftEnd: leftLine.to, right: rightLine.from, rightEnd: rightLine.to };
	const length = (tokens: Tokens, { from, to }: TokenRange) =>
		(tokens.starts[to] ?? 0) - (tokens.starts[from] ?? 0);
	const gaps: Gap[] = [];
	if (Math.max(length(left, leftLine), length(right, rightLine)) > longLineLength) {
		alignSentences(texts, whole, gaps);
	} else alignWords(texts, whole, gaps);
	const joined = joinGaps(gaps, left, right, vocabulary);
	return {
		left: piecesOf(left, leftLine, joined, (gap) => ({ from: gap.left, to: gap.leftEnd })),
		right: piecesOf(right, rightLine, joined, (gap) => ({ from: gap.right, to: gap.rightEnd })),
	};
}

function alignSentences({ left, right, vocabulary, aligner }: WordTexts, line: Gap, gaps: Gap[]): void {
	const leftSentences = sentencesOf(left, { from: line.left, to: line.leftEnd }, vocabulary);
	const rightSentences = sentencesOf(right, { from: line.right, to: line.rightEnd }, vocabulary);
	const numbers = new Map<string, number>();
	const keysOf = (sentences: readonly Sentence[]) =>
		sentences.map(({ key }) => {
			const number = numbers.get(key) ?? numbers.size;
			numbers.set(key, number);
			return number;
		});
	const [leftKeys, rightKeys] = [keysOf(leftSentences), keysOf(rightSentences)];
	const bagsOf = (tokens: Tokens, sentences: readonly Sentence[]) =>
		sentences.map((sentence) => bagOf(tokens, sentence, vocabulary));
	let [leftAt, rightAt] = [line.left, line.right];
	/** What stands between the pair before and this one is on one side only; then the words of this one. */
	const comparePair = (leftIndex: number, rightIndex: number) => {
		const leftSentence = leftSentences[leftIndex] ?? { from: line.leftEnd, to: line.leftEnd };
		const rightSentence = rightSentences[rightIndex] ?? { from: line.rightEnd, to: line.rightEnd };
		const between = {
			left: leftAt,
			leftEnd: leftSentence.from,
			right: rightAt,
			rightEnd: rightSentence.from,
		};
		pushGap(gaps, withoutLastSpace(between, left, right, vocabulary));
		[leftAt, rightAt] = [leftSentence.to, rightSentence.to];
		const pair = {
			left: leftSentence.from,
			leftEnd: leftSentence.to,
			right: rightSentence.from,
			rightEnd: rightSentence.to,
		};
		alignWords({ left, right, vocabulary, aligner }, pair, gaps);
	};
	let [leftDone, rightDone] = [0, 0];
	const runInStep = (leftEnd: number) => {
		for (; leftDone < leftEnd; leftDone += 1, rightDone += 1) comparePair(leftDone, rightDone);
	};
	for (const gap of aligner.align(leftKeys, rightKeys)) {
		runInStep(gap.left);
		const pairs = pairSimilar(
			bagsOf(left, leftSentences.slice(gap.left, gap.leftEnd)),
			bagsOf(right, rightSentences.slice(gap.right, gap.rightEnd)),
			vocabulary,
		);
		for (const [leftIndex, rightIndex] of pairs) comparePair(gap.left + leftIndex, gap.right + rightIndex);
		[leftDone, rightDone] = [gap.leftEnd, gap.rightEnd];
	}
	runInStep(leftSentences.length);
	comparePair(leftSentences.length, rightSentences.length);
}

/** A sentence that took the place of another has the same white space behind it, as a rule. */
function withoutLastSpace(gap: Gap, left: Tokens, right: Tokens, vocabulary: Vocabulary): Gap {
	if (gap.left === gap.leftEnd || gap.right === gap.rightEnd) return gap;
	const last = left.numbers[gap.leftEnd - 1];
	if (last === undefined || last !== right.numbers[gap.rightEnd - 1]) return gap;
	if (vocabulary.kind(last) !== "space") return gap;
	return { ...gap, leftEnd: gap.leftEnd - 1, rightEnd: gap.rightEnd - 1 };
}

/**
 * White space takes no part in finding what is common: half of all tokens, it would outvote the words. What
 * stands between two words that belong together is compared afterwards.
 */
function alignWords({ left, right, vocabulary, aligner }: WordTexts, region: Gap, gaps: Gap[]): void {
	const trimmed = trimGap(left.numbers, right.numbers, region);
	if (trimmed.left === trimmed.leftEnd && trimmed.right === trimmed.rightEnd) return;
	const leftPlaces = visiblePlaces(left, region.left, region.leftEnd, vocabulary);
	const rightPlaces = visiblePlaces(right, region.right, region.rightEnd, vocabulary);
	const [leftKeys, rightKeys] = [
		leftPlaces.map((place) => left.numbers[place] ?? 0),
		rightPlaces.map((place) => right.numbers[place] ?? 0),
	];
	const found = slideGaps(aligner.align(leftKeys, rightKeys), leftKeys, rightKeys, {
		left: clauseBoundary(left, leftPlaces),
		right: clauseBoundary(right, rightPlaces),
	});
	let [leftAt, rightAt] = [region.left, region.right];
	const closeGap = (leftEnd: number, rightEnd: number) => {
		pushGap(gaps, trimGap(left.numbers, right.numbers, { left: leftAt, leftEnd, right: rightAt, rightEnd }));
	};
	let [leftDone, rightDone] = [0, 0];
	const runInStep = (leftEnd: number) => {
		for (; leftDone < leftEnd; leftDone += 1, rightDone += 1) {
			const leftPlace = leftPlaces[leftDone] ?? 0;
			const rightPlace = rightPlaces[rightDone] ?? 0;
			if (leftPlace !== leftAt || rightPlace !== rightAt) closeGap(leftPlace, rightPlace);
			[leftAt, rightAt] = [leftPlace + 1, rightPlace + 1];
		}
	};
	for (const gap of found) {
		runInStep(gap.left);
		[leftDone, rightDone] = [gap.leftEnd, gap.rightEnd];
	}
	runInStep(leftPlaces.length);
	closeGap(region.leftEnd, region.rightEnd);
}

function visiblePlaces(tokens: Tokens, from: number, to: number, vocabulary: Vocabulary): number[] {
	const places: number[] = [];
	for (let index = from; index < to; index += 1) {
		if (vocabulary.kind(tokens.numbers[index] ?? 0) !== "space") places.push(index);
	}
	return places;
}

/** An insertion reads best when it begins where a sentence or a clause does. */
function clauseBoundary(tokens: Tokens, places: readonly number[]): (index: number) => number {
	const textAt = (place: number | undefined) => (place === undefined ? "" : textOf(tokens, place, place + 1));
	return (index) => {
		if (index <= 0 || index >= places.length) return 1;
		const before = textAt(places[index - 1]);
		if (/^[.!?:;。！？]/.test(before)) return 3;
		if (/^[,，、]/.test(before)) return 2;
		return /^[([{<«“]/.test(textAt(places[index])) ? 1 : 0;
	};
}

function piecesOf(
	tokens: Tokens,
	line: TokenRange,
	gaps: readonly Gap[],
	rangeOf: (gap: Gap) => TokenRange,
): Piece[] {
	const pieces: Piece[] = [];
	let done = line.from;
	const add = (kind: Piece[0], to: number) => {
		if (to > done) pieces.push([kind, textOf(tokens, done, to)]);
		done = to;
	};
	for (const gap of gaps) {
		const { from, to } = rangeOf(gap);
		if (from === to) continue;
		add("same", from);
		add("changed", to);
	}
	add("same", line.to);
	return pieces;
}
