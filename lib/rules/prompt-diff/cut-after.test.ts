import { expect, test } from "vitest";
import { cutAfter } from "./cut-after";
import type { DiffRow, PromptDiff } from "./model";

function rows(from: number, count: number, text = "x"): DiffRow[] {
	return Array.from({ length: count }, (_, index) => {
		const line = { number: from + index, start: 0, text, pieces: null };
		return { kind: "changed", left: line, right: line };
	});
}

function comparison(parts: PromptDiff["parts"]): PromptDiff {
	return {
		parts,
		changes: 3,
		detail: "word",
		currentLines: 1,
		proposedLines: 1,
		wordsAdded: 0,
		wordsRemoved: 0,
		isIdentical: false,
		remarks: [],
	};
}
const fold = { kind: "fold", count: 9, left: 11, right: 11 } as const;

test("a comparison that is short enough comes whole", () => {
	const whole = comparison([{ kind: "rows", rows: rows(1, 10) }, fold]);
	expect(cutAfter(whole, 100)).toEqual({ diff: whole, rest: null });
});

test.each([1, 5, 10, 11, 25, 30])("cut after %d rows, both halves are the whole again", (count) => {
	const all = [...rows(1, 10), ...rows(20, 20)];
	const whole = comparison([{ kind: "rows", rows: rows(1, 10) }, fold, { kind: "rows", rows: rows(20, 20) }]);
	const { diff, rest } = cutAfter(whole, count);
	const joined = [...diff.parts, ...(rest ?? [])];
	expect(joined.flatMap((part) => (part.kind === "rows" ? part.rows : []))).toEqual(all);
	expect(joined.filter((part) => part.kind === "fold")).toEqual([fold]);
	expect(diff.parts.flatMap((part) => (part.kind === "rows" ? part.rows : [])).length).toBeLessThanOrEqual(
		count,
	);
	expect(diff.changes).toBe(3);
});

test("a line that is wrapped counts as the lines that it fills", () => {
	const whole = comparison([{ kind: "rows", rows: rows(1, 9, "x".repeat(56)) }]);
	const [first] = cutAfter(whole, 6).diff.parts;
	expect(first?.kind === "rows" ? first.rows : []).toHaveLength(3);
});

test("a line of 50 KB counts as many", () => {
	const whole = comparison([{ kind: "rows", rows: [...rows(1, 1, "x".repeat(50_000)), ...rows(2, 5)] }]);
	expect(cutAfter(whole, 100).rest).toHaveLength(1);
});
