import { createReadStream } from "node:fs";

export interface Line {
	number: number;
	text: string;
	/** Where the line after it begins, in bytes from the start of the file. */
	next: number;
	/** False for a last line without its end: whoever wrote it was stopped, or is still at it. */
	isWhole: boolean;
}

/** Where to begin: `offset` is the first byte of the line with that number. */
export interface Place {
	number: number;
	offset: number;
}

export const startOfFile: Place = { number: 1, offset: 0 };

/** No line of ours is nearly as long; what is cut off here is a bad line either way. */
const longestLine = 4_096;

/** The lines of a file, one after the other, in memory that does not grow with it. An absent file has none. */
export async function* readLines(
	file: string,
	from: Place,
	until = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<Line> {
	let { number, offset } = from;
	if (until <= offset) return;
	let begun: Buffer = Buffer.alloc(0);
	let length = 0;
	try {
		// `end` is included.
		for await (const chunk of createReadStream(file, { start: offset, end: until - 1 })) {
			const bytes: Buffer = chunk;
			let start = 0;
			for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
				length += end - start;
				offset += length + 1;
				const text = joined(begun, bytes.subarray(start, end)).toString("utf8");
				yield { number, text, next: offset, isWhole: true };
				number += 1;
				start = end + 1;
				begun = Buffer.alloc(0);
				length = 0;
			}
			begun = joined(begun, bytes.subarray(start));
			length += bytes.length - start;
		}
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
		throw error;
	}
	if (length > 0) yield { number, text: begun.toString("utf8"), next: offset + length, isWhole: false };
}

function joined(begun: Buffer, more: Buffer): Buffer {
	return Buffer.concat([begun, more.subarray(0, Math.max(0, longestLine - begun.length))]);
}
