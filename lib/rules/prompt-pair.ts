import { revealHiddenCharacters } from "./hidden-characters";

/** Two prompts made ready to be compared line by line, and what the comparison alone would not show. */
export interface PromptPair {
	current: string;
	proposed: string;
	currentLines: number;
	proposedLines: number;
	/** Sentences about what is different or hidden but not visible in the lines. */
	remarks: string[];
	/** No line differs; `identityInWords` says whether anything does. */
	isIdentical: boolean;
	identityInWords: string;
	/** Too large to be compared word by word in a browser without a pause. */
	isLarge: boolean;
}

const wordDiffMaxLength = 200_000;
const wordDiffMaxLines = 4_000;
/** react-diff-viewer-continued marks no words in lines that are longer. */
const longLineLength = 500;

/**
 * Writes hidden characters out and takes the line ends of both sides as `\n`, so that a file that came
 * from Windows does not paint every line; both are said in a sentence, never dropped silently.
 */
export function preparePromptPair(current: string, proposed: string): PromptPair {
	const remarks: string[] = [];
	const lineEnds = [lineEndsOf(current), lineEndsOf(proposed)] as const;
	if (lineEnds[0] !== lineEnds[1] && lineEnds[0] !== null && lineEnds[1] !== null) {
		remarks.push(
			`The line ends change from ${lineEnds[0]} to ${lineEnds[1]}; the lines below are compared without them.`,
		);
	}
	const revealed = [current, proposed].map((text) => revealHiddenCharacters(text.replaceAll("\r\n", "\n")));
	const [before, after] = revealed as [(typeof revealed)[number], (typeof revealed)[number]];
	if (before.hiddenCount + after.hiddenCount > 0) {
		remarks.push(
			`Characters that cannot be seen are written out as ⟦U+…⟧: ${before.hiddenCount} in the current prompt, ${after.hiddenCount} in the proposed one.`,
		);
	}
	const [beforeLines, afterLines] = [withoutLastLineEnd(before.text), withoutLastLineEnd(after.text)];
	const isIdentical = beforeLines === afterLines;
	if (before.text.endsWith("\n") !== after.text.endsWith("\n")) {
		remarks.push(
			`The proposed prompt ${after.text.endsWith("\n") ? "ends with a line end, which the current one does not" : "does not end with a line end, which the current one does"}.`,
		);
	}
	if (!isIdentical && beforeLines.replace(/\s+/g, "") === afterLines.replace(/\s+/g, "")) {
		remarks.push("Only white space differs: spaces, tabs or line breaks.");
	}
	if (hasChangedLongLine(beforeLines, afterLines)) {
		remarks.push(
			`A changed line of more than ${longLineLength} characters is coloured as a whole, not word by word: read it to its end.`,
		);
	}
	const currentLines = countLines(before.text);
	const proposedLines = countLines(after.text);
	const isLarge =
		before.text.length + after.text.length > wordDiffMaxLength ||
		Math.max(currentLines, proposedLines) > wordDiffMaxLines;
	if (isLarge && !isIdentical) remarks.push("Compared by line: too large to compare by word.");
	return {
		current: before.text,
		proposed: after.text,
		currentLines,
		proposedLines,
		remarks,
		isIdentical,
		identityInWords:
			current === proposed
				? "The proposed prompt is the current one, character for character."
				: "No line differs; only the line ends do, as said above.",
		isLarge,
	};
}

/** The viewer compares lines and takes a text with and without its last line end for the same. */
function withoutLastLineEnd(text: string): string {
	return text.endsWith("\n") ? text.slice(0, -1) : text;
}

function hasChangedLongLine(before: string, after: string): boolean {
	const isLong = (line: string) => line.length > longLineLength;
	const [long, other] = [before.split("\n"), after.split("\n")];
	const [longSet, otherSet] = [new Set(long), new Set(other)];
	return (
		long.some((line) => isLong(line) && !otherSet.has(line)) ||
		other.some((line) => isLong(line) && !longSet.has(line))
	);
}

function countLines(text: string): number {
	return text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

function lineEndsOf(text: string): "LF" | "CRLF" | "mixed LF and CRLF" | null {
	const crlf = text.split("\r\n").length - 1;
	const lf = text.split("\n").length - 1 - crlf;
	if (crlf + lf === 0) return null;
	if (crlf === 0) return "LF";
	return lf === 0 ? "CRLF" : "mixed LF and CRLF";
}
