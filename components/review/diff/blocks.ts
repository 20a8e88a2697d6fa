import type { DiffRow, Fold, PromptDiff } from "@/lib/rules/prompt-diff/model";

/** Rows that are drawn together, or a fold. */
export type Block = RowsBlock | FoldBlock;
export interface FoldBlock {
	kind: "fold";
	key: string;
	fold: Fold;
}
export interface RowsBlock {
	kind: "rows";
	key: string;
	rows: readonly DiffRow[];
}

/** Few enough rows that drawing them never takes the page's attention for long. */
const rowsOfBlock = 60;
/** About as much text as these rows usually hold; a line of 50 KB is a block of its own. */
const lengthOfBlock = 12_000;

/** Cuts a comparison into blocks, so that only those near the screen need to be drawn. */
export function blocksOf(parts: PromptDiff["parts"]): Block[] {
	return parts.flatMap((part): Block[] =>
		part.kind === "fold"
			? [{ kind: "fold", key: `fold-${part.left}-${part.right}`, fold: part }]
			: rowBlocks(part.rows),
	);
}

/** Cuts rows into blocks. */
export function rowBlocks(rows: readonly DiffRow[]): RowsBlock[] {
	const blocks: RowsBlock[] = [];
	let begun: DiffRow[] = [];
	let length = 0;
	const end = () => {
		const [first] = begun;
		if (first !== undefined) blocks.push({ kind: "rows", key: `rows-${anchorOf(first)}`, rows: begun });
		begun = [];
		length = 0;
	};
	for (const row of rows) {
		begun.push(row);
		length += (row.left?.text.length ?? 0) + (row.right?.text.length ?? 0);
		if (begun.length >= rowsOfBlock || length >= lengthOfBlock) end();
	}
	end();
	return blocks;
}

/** The name of a line in a link: `#C12` of the current prompt, `#P14` of the proposed one. */
export function lineAnchor(side: "current" | "proposed", number: number): string {
	return `${side === "current" ? "C" : "P"}${number}`;
}

/** The name of a row: that of its proposed line, where it has one. */
export function anchorOf(row: DiffRow): string {
	if (row.right !== null) return lineAnchor("proposed", row.right.number);
	return lineAnchor("current", row.left.number);
}

/** The first row of each run of changed rows, in order: what `n` and `p` go through. */
export function changeAnchors(blocks: readonly Block[]): string[] {
	const anchors: string[] = [];
	let isInside = false;
	for (const block of blocks) {
		if (block.kind === "fold") {
			isInside = false;
			continue;
		}
		for (const row of block.rows) {
			const isChange = row.kind !== "same";
			if (isChange && !isInside) anchors.push(anchorOf(row));
			isInside = isChange;
		}
	}
	return anchors;
}

/** The block that holds a line, by the name of the line; -1 when none does. */
export function blockOfAnchor(blocks: readonly Block[], anchor: string): number {
	const side = anchor.startsWith("C") ? "left" : "right";
	const number = Number(anchor.slice(1));
	return blocks.findIndex((block) => {
		if (block.kind === "fold") {
			const first = block.fold[side];
			return number >= first && number < first + block.fold.count;
		}
		return block.rows.some((row) => row[side]?.number === number);
	});
}

/** A height in pixels to keep free for rows that are not drawn yet. */
export function estimatedHeight(rows: readonly DiffRow[], isSplit: boolean): number {
	const lettersOfLine = isSplit ? 55 : 120;
	let lines = 0;
	for (const { kind, left, right } of rows) {
		const [before, after] = [linesOf(left?.text, lettersOfLine), linesOf(right?.text, lettersOfLine)];
		lines += isSplit || kind === "same" ? Math.max(before, after) : before + after;
	}
	return lines * 20;
}

function linesOf(text: string | undefined, letters: number): number {
	return text === undefined ? 0 : Math.max(1, Math.ceil(text.length / letters));
}
