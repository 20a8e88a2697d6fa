import type { WriteStream } from "node:tty";
import { formatNumber } from "../../lib/format";
import { revealHiddenCharacters } from "../../lib/rules/hidden-characters";

/** What became of the records so far. */
export interface Counts {
	imported: number;
	alreadyThere: number;
	failed: number;
}

/** Where the import stands: shown as it moves, with lines that stay above it. */
export interface Progress {
	show(line: number, counts: Counts): void;
	/** A line that stays. */
	say(text: string): void;
	/** Takes the moving line away. */
	clear(): void;
}

const recordsPerLine = 100;
const lineEveryMs = 5_000;
const redrawEveryMs = 100;

/** One line rewritten in place on a terminal; elsewhere a line now and then. */
export function openProgress(
	stream: Pick<WriteStream, "write" | "isTTY" | "columns">,
	file: string,
): Progress {
	let shownAtMs = Date.now();
	let recordsShown = 0;
	let isDrawn = false;

	function clear() {
		if (isDrawn) stream.write("\r\u001b[K");
		isDrawn = false;
	}

	return {
		clear,
		say(text) {
			clear();
			stream.write(`${inOneLine(text)}\n`);
		},
		show(line, counts) {
			const records = counts.imported + counts.alreadyThere + counts.failed;
			const elapsedMs = Date.now() - shownAtMs;
			const isDue = stream.isTTY
				? elapsedMs >= redrawEveryMs || !isDrawn
				: elapsedMs >= lineEveryMs || records - recordsShown >= recordsPerLine;
			if (!isDue) return;
			shownAtMs = Date.now();
			recordsShown = records;
			const text = inOneLine(`${file}: line ${formatNumber(line)}, ${countsInWords(counts)}`);
			if (!stream.isTTY) {
				stream.write(`${text}\n`);
				return;
			}
			clear();
			// A line that wraps could not be rewritten.
			stream.write(text.slice(0, (stream.columns || 80) - 1));
			isDrawn = true;
		},
	};
}

/** `imported 49, already there 0, failed 0` */
export function countsInWords({ imported, alreadyThere, failed }: Counts): string {
	return `imported ${imported}, already there ${alreadyThere}, failed ${failed}`;
}

/** Names and messages come from files and from an API: no line ends, no terminal commands. */
export function inOneLine(text: string): string {
	return revealHiddenCharacters(text.replaceAll(/\s+/g, " ")).text;
}
