/** What makes a spreadsheet program read a cell as a formula. */
const starters = new Set(["=", "+", "-", "@"]);
/** What a program with other settings than ours takes for the end of a cell. */
const separators = new Set([";", "\t", "\r", "\n"]);

/**
 * A text as a spreadsheet program may hold it: an apostrophe stands before whatever would be read as a formula.
 * csv-stringify's `escape_formulas` looks at the first character of a cell only. This also looks behind blanks
 * and characters that cannot be seen, and behind each line end, tab and semicolon, where a program with other
 * settings begins a new cell, quotes or not. Forms that programs fold into the four (full-width and others)
 * count as well. It takes one pass, however long a hostile text is.
 */
export function safeCell(text: string): string {
	const [first = ""] = text;
	let safe = separators.has(first) && first !== ";" ? "'" : "";
	let isStart = true;
	let index = 0;
	let copied = 0;
	for (const character of text) {
		if (separators.has(character)) {
			isStart = true;
		} else if (isStart && isStarter(character)) {
			safe += `${text.slice(copied, index)}'`;
			copied = index;
			isStart = false;
		} else if (isStart && !isUnseen(character)) {
			isStart = false;
		}
		index += character.length;
	}
	return safe + text.slice(copied);
}

function isStarter(character: string): boolean {
	if (character <= "\u007f") return starters.has(character);
	// The minus sign of typography is none of the compatible forms, and is read as a minus all the same.
	return character === "\u2212" || starters.has(character.normalize("NFKC"));
}

function isUnseen(character: string): boolean {
	return /^[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]$/u.test(character);
}
