import { KeyAligner } from "./align-keys";
import { alignLines, lineKeys } from "./align-lines";
import { surplusWords } from "./bag";
import { changeStarts } from "./change-starts";
import { compareWords, type WordTexts } from "./compare-words";
import { splitUnchanged } from "./fold";
import { type LineTable, lineText, sideLine, splitLines } from "./lines";
import type { DiffRow, Fold, Piece, PromptDiff, Stretch } from "./model";
import { type LineTexts, pairLines, type Span } from "./pair-lines";
import { remarksOn } from "./remarks";
import { countWords, Vocabulary } from "./tokens";

/** Steps that finding the common lines, and then the common words, may take altogether. */
const lineEffort = 400_000;
const wordEffort = 1_200_000;
/** Tokens in changed pairs of lines, both sides together, up to which words are compared: about 1.1 MB of English. */
const maxComparedTokens = 380_000;

/**
 * Compares two exact prompts of any size: lines first, then words inside the lines that are versions of each
 * other. Gives the picture ready to be drawn. The same texts give the same picture on any machine. Beyond
 * about 1.1 MB in changed pairs it says so (`detail: "line"`) and compares by line. Never throws.
 */
export function comparePrompts(current: string, proposed: string): PromptDiff {
	const [left, right] = [splitLines(current), splitLines(proposed)];
	const texts: LineTexts = {
		left,
		right,
		keys: lineKeys(left, right),
		leftTokens: { text: current, starts: [], numbers: [] },
		rightTokens: { text: proposed, starts: [], numbers: [] },
		vocabulary: new Vocabulary(),
	};
	const gaps = alignLines(left, right, texts.keys, new KeyAligner(lineEffort));
	const { spans, isComplete } = pairLines(gaps, texts);
	const detail = isComplete && changedTokens(spans) <= maxComparedTokens ? "word" : "line";
	const picture = new Picture(texts, detail);
	for (const [index, span] of spans.entries()) {
		picture.add(span, { isFirst: index === 0, isLast: index === spans.length - 1 });
	}
	const parts = picture.finish();
	return {
		parts,
		changes: changeStarts(parts).length,
		detail,
		currentLines: left.count,
		proposedLines: right.count,
		wordsAdded: picture.wordsAdded,
		wordsRemoved: picture.wordsRemoved,
		isIdentical: current === proposed,
		remarks: remarksOn(left, right, spans),
	};
}

function changedTokens(spans: readonly Span[]): number {
	let count = 0;
	for (const span of spans) {
		if (span.kind !== "changed") continue;
		count += span.before.range.to - span.before.range.from + span.after.range.to - span.after.range.from;
	}
	return count;
}

/** The part of both lines' words that has to be the same, in order, for them to stand as one changed row. */
const leastKept = 1 / 6;

const notAtAnEnd = { isFirst: false, isLast: false };

/** Builds the rows and folds one span after the other, and counts the words that are on one side only. */
class Picture {
	wordsAdded = 0;
	wordsRemoved = 0;
	private readonly parts: (Stretch | Fold)[] = [];
	private rows: DiffRow[] = [];
	private readonly left: LineTable;
	private readonly right: LineTable;
	private readonly words: WordTexts;

	constructor(
		{ left, right, leftTokens, rightTokens, vocabulary }: LineTexts,
		private readonly detail: PromptDiff["detail"],
	) {
		[this.left, this.right] = [left, right];
		this.words = { left: leftTokens, right: rightTokens, vocabulary, aligner: new KeyAligner(wordEffort) };
	}

	add(span: Span, ends: { isFirst: boolean; isLast: boolean }): void {
		if (span.kind === "same") this.addSame(span, ends);
		else if (span.kind === "changed") this.addChanged(span);
		else if (span.kind === "removed") {
			for (let index = span.left; index < span.left + span.count; index += 1) {
				this.rows.push({ kind: "removed", left: sideLine(this.left, index, null), right: null });
				this.wordsRemoved += countWords(lineText(this.left, index));
			}
		} else {
			for (let index = span.right; index < span.right + span.count; index += 1) {
				this.rows.push({ kind: "added", left: null, right: sideLine(this.right, index, null) });
				this.wordsAdded += countWords(lineText(this.right, index));
			}
		}
	}

	finish(): (Stretch | Fold)[] {
		if (this.rows.length > 0) this.parts.push({ kind: "rows", rows: this.rows });
		this.rows = [];
		return this.parts;
	}

	private addSame(
		span: { left: number; right: number; count: number },
		ends: { isFirst: boolean; isLast: boolean },
	): void {
		const { head, folded, tail } = splitUnchanged(span.count, ends);
		this.addSameRows(span.left, span.right, head);
		if (folded === 0) return;
		this.finish();
		this.parts.push({
			kind: "fold",
			count: folded,
			left: span.left + head + 1,
			right: span.right + head + 1,
		});
		this.addSameRows(span.left + head + folded, span.right + head + folded, tail);
	}

	private addSameRows(left: number, right: number, count: number): void {
		for (let step = 0; step < count; step += 1) {
			this.rows.push({
				kind: "same",
				left: sideLine(this.left, left + step, null),
				right: sideLine(this.right, right + step, null),
			});
		}
	}

	private addChanged({ left, right, before, after }: Extract<Span, { kind: "changed" }>): void {
		let pieces: { left: Piece[] | null; right: Piece[] | null } = { left: null, right: null };
		if (this.detail === "word") {
			const words = compareWords(this.words, before.range, after.range);
			const kept = wordsIn(words.left, "same");
			const removed = wordsIn(words.left, "changed");
			const added = wordsIn(words.right, "changed");
			if (kept * 2 < (kept * 2 + removed + added) * leastKept) {
				// The same words in another order: nothing that a reader would recognise as the same line.
				this.add({ kind: "removed", left, count: 1 }, notAtAnEnd);
				this.add({ kind: "added", right, count: 1 }, notAtAnEnd);
				return;
			}
			this.wordsRemoved += removed;
			this.wordsAdded += added;
			pieces = words;
		} else {
			const surplus = surplusWords(before.bag, after.bag);
			this.wordsRemoved += surplus.left;
			this.wordsAdded += surplus.right;
		}
		this.rows.push({
			kind: "changed",
			left: sideLine(this.left, left, pieces.left),
			right: sideLine(this.right, right, pieces.right),
		});
	}
}

function wordsIn(pieces: readonly Piece[], wanted: Piece[0]): number {
	let count = 0;
	for (const [kind, text] of pieces) if (kind === wanted) count += countWords(text);
	return count;
}
