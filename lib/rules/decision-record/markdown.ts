import { revealHiddenCharacters } from "../hidden-characters";

/**
 * A block whose content is taken letter for letter: its fence is longer than any run of backticks inside. The
 * content begins after the first line and ends before the line end that stands in front of the closing fence.
 */
export function fenced(text: string, language = "text"): string {
	const fence = "`".repeat(Math.max(3, longestBackticks(text) + 1));
	return `${fence}${language}\n${text}\n${fence}`;
}

function longestBackticks(text: string): number {
	let longest = 0;
	for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
	return longest;
}

/**
 * Text of anybody within a line, or in a cell of a table: nothing in it is taken for Markdown or HTML, also not an
 * address that would become a link by itself, and what cannot be seen is written out. It must not begin a line.
 */
export function inline(text: string): string {
	return revealHiddenCharacters(text)
		.text.replace(/\s+/g, " ")
		.trim()
		.replace(/[\\`*_[\]<>&|~$]/g, "\\$&")
		.replace(/:(?=\S)/g, "\\:")
		.replace(/(?<=[Ww]{3})\./g, "\\.")
		.replace(/@+/g, "`$&`");
}

/** The cells of a table's row, each of them Markdown already. */
export function tableRow(cells: readonly string[]): string {
	return `| ${cells.join(" | ")} |`;
}
