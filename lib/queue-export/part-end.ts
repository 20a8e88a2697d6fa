/** The parameter of the export's URL that asks for it in parts: empty for the first one. */
export const partParameter = "after";

/**
 * The last line of a part. A session token lives for a minute and a long export does not end with it, so a
 * reader that can go on asks for parts; one that ends without this line was cut off. No record begins with `#`:
 * each begins with the quote of its first cell.
 */
export type PartEnd = { isLast: true } | { isLast: false; after: string };

export function writePartEnd(end: PartEnd): string {
	return end.isLast ? "#end\r\n" : `#next ${encodeURIComponent(end.after)}\r\n`;
}

/** The end that this text says, or null where it is none or was cut off. */
export function readPartEnd(line: string): PartEnd | null {
	if (line === "#end\r\n") return { isLast: true };
	const [, after] = /^#next (\S{1,4000})\r\n$/.exec(line) ?? [];
	try {
		return after === undefined ? null : { isLast: false, after: decodeURIComponent(after) };
	} catch {
		return null;
	}
}
