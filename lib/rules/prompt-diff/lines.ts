import type { Piece, SideLine } from "./model";

/** The lines of one exact prompt as places in it, so that a line costs two numbers until it is drawn. */
export interface LineTable {
	text: string;
	/** An empty prompt has none; a last line end does not make another line. */
	count: number;
	/** Where each line begins, in UTF-16 units. */
	starts: readonly number[];
	/** Where each line's text ends and its line end begins. */
	ends: readonly number[];
}

/** Splits a prompt at `\n`, `\r\n` and lone `\r`, in one pass. Other separators stay inside their line. */
export function splitLines(text: string): LineTable {
	const starts: number[] = [];
	const ends: number[] = [];
	let feed = text.indexOf("\n");
	let carriage = text.indexOf("\r");
	let start = 0;
	while (feed !== -1 || carriage !== -1) {
		const isFeed = carriage === -1 || (feed !== -1 && feed < carriage);
		const end = isFeed ? feed : carriage;
		starts.push(start);
		ends.push(end);
		start = end + (!isFeed && feed === end + 1 ? 2 : 1);
		if (feed !== -1 && feed < start) feed = text.indexOf("\n", start);
		if (carriage !== -1 && carriage < start) carriage = text.indexOf("\r", start);
	}
	if (start < text.length) {
		starts.push(start);
		ends.push(text.length);
	}
	return { text, count: starts.length, starts, ends };
}

/** The text of a line, counted from 0, without its line end. */
export function lineText(lines: LineTable, index: number): string {
	return lines.text.slice(lines.starts[index], lines.ends[index]);
}

/** The line end of a line, counted from 0: `\n`, `\r\n`, `\r`, or nothing behind the last one. */
export function lineEnd(lines: LineTable, index: number): string {
	return lines.text.slice(lines.ends[index], lines.starts[index + 1] ?? lines.text.length);
}

/** A line, counted from 0, as the picture carries it. */
export function sideLine(lines: LineTable, index: number, pieces: readonly Piece[] | null): SideLine {
	return { number: index + 1, start: lines.starts[index] ?? 0, text: lineText(lines, index), pieces };
}
