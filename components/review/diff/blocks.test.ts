import { expect, test } from "vitest";
import { splitLines } from "@/lib/rules/prompt-diff/lines";
import type { DiffRow } from "@/lib/rules/prompt-diff/model";
import { unfoldedRows } from "@/lib/rules/prompt-diff/unfold";
import { anchorOf, blockOfAnchor, blocksOf, changeAnchors, rowBlocks } from "./blocks";

const text = Array.from({ length: 400 }, (_, index) => `line ${index + 1}`).join("\n");
const same = unfoldedRows(
	{ kind: "fold", count: 400, left: 1, right: 1 },
	splitLines(text),
	splitLines(text),
);

function changedAt(...numbers: number[]): DiffRow[] {
	return same.map((row, index) =>
		numbers.includes(index + 1) ? ({ ...row, kind: "changed" } as DiffRow) : row,
	);
}

test("blocks hold every row once, in order", () => {
	expect(rowBlocks(same).flatMap(({ rows }) => rows)).toEqual(same);
});

test("a long line is a block of its own, so that drawing it waits for nothing else", () => {
	const [first] = same;
	if (first?.kind !== "same") throw new Error("The first row was to be there");
	const long = { ...first, left: { ...first.left, text: "x".repeat(50_000) } };
	expect(rowBlocks([long, ...same.slice(1, 3)]).map(({ rows }) => rows.length)).toEqual([1, 2]);
});

test("a run of changes that goes over the end of a block is one change", () => {
	const rows = changedAt(3, 59, 60, 61, 62, 200);
	expect(changeAnchors(rowBlocks(rows))).toEqual(["P3", "P59", "P200"]);
});

test("a fold parts two changes", () => {
	const rows = changedAt(3, 4);
	const parts = [
		{ kind: "rows", rows: rows.slice(0, 3) },
		{ kind: "fold", count: 10, left: 4, right: 4 },
		{ kind: "rows", rows: rows.slice(3, 4) },
	] as const;
	expect(changeAnchors(blocksOf(parts))).toEqual(["P3", "P4"]);
});

test("a line is found in its block, also when it is folded", () => {
	const blocks = blocksOf([
		{ kind: "rows", rows: same.slice(0, 100) },
		{ kind: "fold", count: 200, left: 101, right: 101 },
		{ kind: "rows", rows: same.slice(300) },
	]);
	for (const anchor of ["C1", "P60", "P61", "C150", "P300", "P301", "C400"]) {
		const block = blocks[blockOfAnchor(blocks, anchor)];
		if (block?.kind === "rows") expect(block.rows.map(anchorOf)).toContain(anchor.replace("C", "P"));
		else expect(Number(anchor.slice(1))).toBeGreaterThan(100);
	}
	expect(blockOfAnchor(blocks, "P401")).toBe(-1);
});
