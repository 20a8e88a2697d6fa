import { composed, mayBeComposed } from "./compose";
import { type LineTable, lineEnd, lineText } from "./lines";
import type { Span } from "./pair-lines";

/**
 * Sentences about what differs and cannot be seen in the rows: line ends, Unicode forms, a last line end, and
 * that nothing but white space differs. Wherever the prompts are not equal, a row or a sentence here says so.
 */
export function remarksOn(current: LineTable, proposed: LineTable, spans: readonly Span[]): string[] {
	if (current.text === proposed.text) return [];
	return [
		lineEndsRemark(current, proposed, spans),
		formsRemark(current, proposed, spans),
		endRemark(current, proposed),
		whiteSpaceRemark(current, proposed, spans),
	].filter((remark) => remark !== null);
}

function lineEndsRemark(current: LineTable, proposed: LineTable, spans: readonly Span[]): string | null {
	const [before, after] = [lineEndsOf(current), lineEndsOf(proposed)];
	if (before === null || after === null) return null;
	if (before !== after) {
		return `The line ends change from ${before} to ${after}; the lines below are compared without them.`;
	}
	if (!before.startsWith("mixed")) return null;
	let count = 0;
	forEachPair(spans, (left, right) => {
		const [oldEnd, newEnd] = [lineEnd(current, left), lineEnd(proposed, right)];
		if (oldEnd !== newEnd && oldEnd !== "" && newEnd !== "") count += 1;
	});
	if (count === 0) return null;
	return `Both prompts have ${before} line ends, and ${lineCount(count)} ${count === 1 ? "ends" : "end"} otherwise than before; the lines below are compared without them.`;
}

/** The line ends that a text has, in words; null where it has none. */
function lineEndsOf(lines: LineTable): string | null {
	const kinds = { lf: false, crlf: false, cr: false };
	for (let index = 0; index < lines.count; index += 1) {
		const end = lines.ends[index] ?? 0;
		const code = lines.text.charCodeAt(end);
		if (code === 10) kinds.lf = true;
		else if (code === 13 && (lines.starts[index + 1] ?? lines.text.length) > end + 1) kinds.crlf = true;
		else if (code === 13) kinds.cr = true;
	}
	const names = [...(kinds.lf ? ["LF"] : []), ...(kinds.crlf ? ["CRLF"] : []), ...(kinds.cr ? ["CR"] : [])];
	if (names.length === 0) return null;
	return names.length === 1 ? names.join() : `mixed ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function formsRemark(current: LineTable, proposed: LineTable, spans: readonly Span[]): string | null {
	if (!mayBeComposed(current.text) && !mayBeComposed(proposed.text)) return null;
	let [sameCount, changedCount] = [0, 0];
	const directions = new Set<string>();
	forEachPair(spans, (left, right, isSame) => {
		const [before, after] = [lineText(current, left), lineText(proposed, right)];
		if (before === after) return;
		const direction = isSame ? directionOf(before, after) : changedDirection(before, after);
		if (direction === null) return;
		directions.add(direction);
		if (isSame) sameCount += 1;
		else changedCount += 1;
	});
	if (sameCount + changedCount === 0) return null;
	const [direction] = directions;
	const how =
		directions.size === 1 && direction !== undefined ? direction : "NFC and NFD in different places";
	if (sameCount === 0) {
		return `In ${lineCount(changedCount, "changed ")} accented characters are also composed differently (${how}); words that differ only in this are shown as the same.`;
	}
	const also = changedCount === 0 ? "" : `, and so do words in ${lineCount(changedCount, "changed ")}`;
	return `${lineCount(sameCount)} ${sameCount === 1 ? "differs" : "differ"} only in how accented characters are composed (${how})${also}; shown as the same.`;
}

function directionOf(before: string, after: string): string {
	const [oldForm, newForm] = [formOf(before), formOf(after)];
	if (oldForm === newForm || oldForm === null || newForm === null) return "NFC and NFD in different places";
	return `${oldForm} in the current prompt, ${newForm} in the proposed one`;
}

/** A changed line is told only where the two sides follow different forms, so that it is sure. */
function changedDirection(before: string, after: string): string | null {
	const [oldForm, newForm] = [formOf(before), formOf(after)];
	if (oldForm === newForm || oldForm === null || newForm === null) return null;
	return `${oldForm} in the current prompt, ${newForm} in the proposed one`;
}

/** The form of a text whose form can be told; null for one that is both or neither. */
function formOf(text: string): "NFC" | "NFD" | null {
	const [isComposed, isDecomposed] = [composed(text) === text, text.normalize("NFD") === text];
	if (isComposed === isDecomposed) return null;
	return isComposed ? "NFC" : "NFD";
}

function endRemark(current: LineTable, proposed: LineTable): string | null {
	if (current.text === "" || proposed.text === "") {
		if (current.text === proposed.text) return null;
		return `The ${current.text === "" ? "current" : "proposed"} prompt is empty.`;
	}
	const [before, after] = [hasLastLineEnd(current), hasLastLineEnd(proposed)];
	if (before === after) return null;
	return `The proposed prompt ${
		after
			? "ends with a line end, which the current one does not"
			: "does not end with a line end, which the current one does"
	}.`;
}

function hasLastLineEnd(lines: LineTable): boolean {
	return /[\r\n]$/.test(lines.text.slice(-1));
}

function whiteSpaceRemark(current: LineTable, proposed: LineTable, spans: readonly Span[]): string | null {
	if (spans.every(({ kind }) => kind === "same")) return null;
	if (!isEqualWithoutWhiteSpace(composed(current.text), composed(proposed.text))) return null;
	return "Only white space differs: spaces, tabs or line breaks.";
}

/** Ends at the first difference, so that most pairs cost next to nothing. */
function isEqualWithoutWhiteSpace(left: string, right: string): boolean {
	let [leftAt, rightAt] = [0, 0];
	for (;;) {
		while (leftAt < left.length && isWhiteSpace(left.charCodeAt(leftAt))) leftAt += 1;
		while (rightAt < right.length && isWhiteSpace(right.charCodeAt(rightAt))) rightAt += 1;
		if (leftAt >= left.length || rightAt >= right.length)
			return leftAt >= left.length && rightAt >= right.length;
		if (left.charCodeAt(leftAt) !== right.charCodeAt(rightAt)) return false;
		leftAt += 1;
		rightAt += 1;
	}
}

function isWhiteSpace(code: number): boolean {
	if (code < 128) return code === 32 || (code >= 9 && code <= 13);
	return /\s/.test(String.fromCharCode(code));
}

function forEachPair(
	spans: readonly Span[],
	visit: (left: number, right: number, isSame: boolean) => void,
): void {
	for (const span of spans) {
		if (span.kind === "changed") visit(span.left, span.right, false);
		if (span.kind !== "same") continue;
		for (let step = 0; step < span.count; step += 1) visit(span.left + step, span.right + step, true);
	}
}

function lineCount(count: number, what = ""): string {
	return count === 1 ? `1 ${what}line` : `${count} ${what}lines`;
}
