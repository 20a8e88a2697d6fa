import type { Piece, PromptDiff, SideLine } from "./model";

/** A line of a short comparison: of one side, of both, or a number of lines that are left out. */
export type ChangedLine = {
	/** Its number in the picture, counted from 0. */
	place: number;
} & ChangedLineContent;

type ChangedLineContent =
	| { kind: "same" | "added" | "removed"; pieces: readonly Piece[]; isWhole: boolean; isCut: boolean }
	| { kind: "gap"; count: number };

/** A comparison that shows what has changed and no more. */
export interface ChangedLines {
	lines: readonly ChangedLine[];
	/** Lines of changes that are not shown, because there are too many. */
	omitted: number;
	/** About what differs and cannot be seen in the lines. */
	remarks: readonly string[];
	isIdentical: boolean;
}

/** UTF-16 units of a line that are shown; prompts without line ends exist. */
const lineMaxLength = 600;

/** The changed lines of a comparison with those around them, removed before added, at most `linesMax`. */
export function changedLinesOf(diff: PromptDiff, linesMax: number): ChangedLines {
	const lines: ChangedLineContent[] = [];
	for (const part of diff.parts) {
		if (part.kind === "fold") {
			lines.push({ kind: "gap", count: part.count });
			continue;
		}
		let added: ChangedLineContent[] = [];
		for (const row of part.rows) {
			if (row.kind === "same") {
				lines.push(...added, lineOf("same", row.left));
				added = [];
				continue;
			}
			if (row.left !== null) {
				// A removed line behind an added one begins the next change.
				if (row.kind === "removed") lines.push(...added.splice(0));
				lines.push(lineOf("removed", row.left));
			}
			if (row.right !== null) added.push(lineOf("added", row.right));
		}
		lines.push(...added);
	}
	const shown = lines.slice(0, linesMax).map((line, place) => ({ ...line, place }));
	const omitted = lines.slice(linesMax).filter(({ kind }) => kind === "added" || kind === "removed").length;
	return { lines: shown, omitted, remarks: diff.remarks, isIdentical: diff.isIdentical };
}

function lineOf(kind: "same" | "added" | "removed", { text, pieces }: SideLine): ChangedLineContent {
	const isCut = text.length > lineMaxLength;
	const whole: readonly Piece[] = [[kind === "same" ? "same" : "changed", cut(text)]];
	// What was cut out of a line would need pieces of its own.
	const isWhole = pieces === null || isCut;
	return { kind, pieces: isWhole ? whole : pieces, isWhole, isCut };
}

function cut(text: string): string {
	return text.length > lineMaxLength ? text.slice(0, lineMaxLength).toWellFormed() : text;
}
