import { type LineTable, splitLines } from "../prompt-diff/lines";
import type { Finding, Place, PromptSide, PromptTexts, Severity } from "./finding";

/** A part of one line: counted from 1, from and to in UTF-16 units of the line. */
interface LinePart {
	side: PromptSide;
	line: number;
	from: number;
	to: number;
}

/** A finding with its places as parts of lines; a place over several lines has a part in each. */
export interface LocatedFinding extends Omit<Finding, "places"> {
	parts: readonly LinePart[];
}

/** What is to be marked in one line. */
export interface LineMark {
	from: number;
	to: number;
	severity: Severity;
	sentence: string;
}

/** Keyed by side and line: `current 12`. */
export type LineMarks = Readonly<Record<string, readonly LineMark[]>>;

/** Finds the lines of all places. */
export function locateFindings(findings: readonly Finding[], texts: PromptTexts): LocatedFinding[] {
	const lines = { current: splitLines(texts.current), proposed: splitLines(texts.proposed) };
	return findings.map(({ places, ...finding }) => ({
		...finding,
		parts: places.flatMap((place) => partsOf(place, lines[place.side])),
	}));
}

/** The marks of each line. */
export function marksOf(findings: readonly LocatedFinding[]): LineMarks {
	const marks: Record<string, LineMark[]> = {};
	for (const { parts, severity, sentence } of findings) {
		for (const { side, line, from, to } of parts) {
			const key = `${side} ${line}`;
			const known = marks[key] ?? [];
			known.push({ from, to, severity, sentence });
			marks[key] = known;
		}
	}
	for (const line of Object.values(marks)) line.sort((one, other) => one.from - other.from);
	return marks;
}

function partsOf({ side, start, end }: Place, { starts, ends }: LineTable): LinePart[] {
	const parts: LinePart[] = [];
	for (let line = lineAt(start, starts); line < starts.length; line += 1) {
		const begin = starts[line] ?? 0;
		if (begin >= end) break;
		// Of a line whose end only is meant there is nothing to mark.
		const to = Math.min(end, ends[line] ?? begin) - begin;
		const from = Math.max(0, start - begin);
		if (from < to) parts.push({ side, line: line + 1, from, to });
	}
	return parts;
}

function lineAt(offset: number, starts: readonly number[]): number {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((starts[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}
