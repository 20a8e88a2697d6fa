import type { KeyAligner, Keys } from "./align-keys";
import { composed, mayBeComposed } from "./compose";
import type { Gap } from "./gap";
import { type LineTable, lineText } from "./lines";
import { type BoundaryScore, slideGaps } from "./slide-gaps";

/** A number for each line of both sides: equal where the lines are, by their NFC form without the line end. */
export interface LineKeys {
	left: Keys;
	right: Keys;
}

export function lineKeys(left: LineTable, right: LineTable): LineKeys {
	const numbers = new Map<string, number>();
	const keysOf = (lines: LineTable): number[] => {
		const needsForm = mayBeComposed(lines.text);
		const keys = new Array<number>(lines.count);
		for (let index = 0; index < lines.count; index += 1) {
			const text = lineText(lines, index);
			const form = needsForm ? composed(text) : text;
			let number = numbers.get(form);
			if (number === undefined) {
				number = numbers.size;
				numbers.set(form, number);
			}
			keys[index] = number;
		}
		return keys;
	};
	return { left: keysOf(left), right: keysOf(right) };
}

/**
 * The stretches of lines that differ. Of several equally short answers it gives the one whose changes begin and
 * end at paragraphs, headings and list items.
 */
export function alignLines(left: LineTable, right: LineTable, keys: LineKeys, aligner: KeyAligner): Gap[] {
	const gaps = aligner.align(keys.left, keys.right);
	return slideGaps(gaps, keys.left, keys.right, { left: lineBoundary(left), right: lineBoundary(right) });
}

/** Lines are looked at by their beginning only, so that a long one costs no more. */
const beginningLength = 60;
const heading = /^(?:#{1,6}\s|<[\w!/]|={3}|-{3}|\*{3}|\[[A-Z])/;
const listItem = /^(?:[-*+•]\s|\d{1,3}[.)]\s|[a-zA-Z][.)]\s)/;

function lineBoundary(lines: LineTable): BoundaryScore {
	const beginning = (index: number) => {
		const start = lines.starts[index] ?? 0;
		return lines.text.slice(start, Math.min(lines.ends[index] ?? start, start + beginningLength));
	};
	return (index) => {
		if (index <= 0) return 4;
		if (index >= lines.count) return 3;
		const here = beginning(index);
		const content = here.trimStart();
		if (content === "") return 0;
		const indent = (here.length - content.length) / beginningLength;
		if (beginning(index - 1).trim() === "") return 4 - indent;
		if (heading.test(content)) return 3 - indent;
		if (listItem.test(content)) return 2 - indent;
		return 1 - indent;
	};
}
