import { createReadStream } from "node:fs";

/** A line of a file, or what keeps it from being read as text. */
export interface Line {
	/** From 1, as editors count. */
	number: number;
	content: { text: string } | { fault: string };
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The longest line that is read: a body of 4 MB in which every character stands as a `\u` escape. */
export const lineMaxBytes = 6 * 4 * 1024 * 1024;

/** Reads a file line by line; of a line that is too long only the length is kept. */
export async function* readLines(file: string): AsyncGenerator<Line> {
	let number = 1;
	let parts: Buffer[] = [];
	let length = 0;
	const keep = (bytes: Buffer) => {
		length += bytes.length;
		if (length > lineMaxBytes) parts = [];
		else parts.push(bytes);
	};
	const finish = (): Line => {
		const line = { number, content: contentOf(parts, length, number) };
		number += 1;
		parts = [];
		length = 0;
		return line;
	};
	for await (const chunk of createReadStream(file)) {
		// A stream without an encoding gives buffers.
		let rest = chunk as Buffer;
		for (let end = rest.indexOf(lineFeed); end !== -1; end = rest.indexOf(lineFeed)) {
			keep(rest.subarray(0, end));
			yield finish();
			rest = rest.subarray(end + 1);
		}
		keep(rest);
	}
	if (length > 0) yield finish();
}

function contentOf(parts: Buffer[], length: number, number: number): Line["content"] {
	if (length > lineMaxBytes) return { fault: `is longer than ${lineMaxBytes.toLocaleString("en")} bytes` };
	const bytes = Buffer.concat(parts);
	const end = bytes.at(-1) === carriageReturn ? -1 : undefined;
	try {
		// A byte order mark belongs to the file, not to its first record.
		const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: number !== 1 });
		return { text: decoder.decode(bytes.subarray(0, end)) };
	} catch {
		return { fault: "is not valid UTF-8" };
	}
}
