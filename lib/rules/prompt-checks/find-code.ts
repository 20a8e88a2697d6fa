/** A stretch of a prompt that is marked as code, in UTF-16 units, with its marks. */
interface CodeStretch {
	start: number;
	end: number;
	/** `block`: between two fences of ``` or ~~~. `inline`: between backticks on one line. */
	kind: "block" | "inline";
	/** The first word after an opening fence, in lower case; empty without one and for `inline`. */
	language: string;
}

/** Fences with these words hold text for people or data as often as code. */
const textLanguages = new Set(
	",text,txt,plain,plaintext,markdown,md,xml,prompt,template,jinja,jinja2,j2,mustache,handlebars,hbs,output,response,example".split(
		",",
	),
);

const fenceLine = /^[ \t]{0,8}(`{3,}|~{3,})[ \t]*([^\s`]{0,40})/;

/**
 * The stretches of a prompt that Markdown reads as code, in the order of the text, none inside another. A
 * fence that is never closed is no fence: otherwise one stray mark would hide the rest of the prompt.
 * Blocks by indentation are not seen: prompts indent their lists. Time is linear in the text.
 */
export function findCode(text: string): CodeStretch[] {
	const found: CodeStretch[] = [];
	let open: { start: number; mark: string; language: string; inlineFrom: number } | null = null;
	for (let start = 0; start < text.length; ) {
		const lineEnd = text.indexOf("\n", start);
		const end = lineEnd === -1 ? text.length : lineEnd;
		const first = text.slice(start, Math.min(end, start + 200));
		const fence = first.includes("```") || first.includes("~~~") ? fenceLine.exec(first) : null;
		if (open !== null && fence?.[1]?.startsWith(open.mark) && fence[2] === "") {
			found.length = open.inlineFrom;
			found.push({ start: open.start, end, kind: "block", language: open.language });
			open = null;
		} else if (open === null && fence?.[1] !== undefined) {
			open = {
				start,
				mark: fence[1],
				language: (fence[2] ?? "").toLowerCase(),
				inlineFrom: found.length,
			};
		} else {
			addInlineCode(text, start, end, found);
		}
		start = end + 1;
	}
	return found;
}

/** True for a block whose language says that it is a program or data, not text. */
export function isProgram({ kind, language }: CodeStretch): boolean {
	return kind === "block" && !textLanguages.has(language);
}

function addInlineCode(text: string, start: number, end: number, found: CodeStretch[]): void {
	const line = text.slice(start, end);
	if (!line.includes("`")) return;
	const runs = [...line.matchAll(/`+/g)].map((run) => ({
		at: start + run.index,
		length: run[0].length,
	}));
	const lastOfLength = new Map(runs.map(({ length }, index) => [length, index]));
	for (let index = 0; index < runs.length; index += 1) {
		const opening = runs[index];
		// Without this look ahead, every mark that stays open would read the line to its end.
		if (opening === undefined || lastOfLength.get(opening.length) === index) continue;
		let closing = index + 1;
		while (runs[closing]?.length !== opening.length) closing += 1;
		const run = runs[closing];
		if (run === undefined) continue;
		found.push({ start: opening.at, end: run.at + run.length, kind: "inline", language: "" });
		index = closing;
	}
}
