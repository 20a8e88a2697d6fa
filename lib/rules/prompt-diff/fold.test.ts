import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeStarts } from "./change-starts";
import { comparePrompts } from "./compare";
import { foldUnchanged, splitUnchanged } from "./fold";
import { splitLines } from "./lines";
import { unfoldedRows } from "./unfold";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `Rule ${index + 1}`);
const shapeOf = (current: string[], proposed: string[]) =>
	comparePrompts(current.join("\n"), proposed.join("\n")).parts.map((part) =>
		part.kind === "fold" ? [part.count, part.left, part.right] : part.rows.length,
	);

describe("folds", () => {
	test("3 unchanged rows stay on either side of a change, the others are folded", () => {
		const lines = numbered(30);
		expect(shapeOf(lines, lines.toSpliced(15, 0, "New"))).toEqual([[12, 1, 1], 7, [12, 19, 20]]);
	});

	test("3 further lines are shown rather than folded, 4 are folded", () => {
		expect(splitUnchanged(9, { isFirst: false, isLast: false }).folded).toBe(0);
		expect(splitUnchanged(10, { isFirst: false, isLast: false })).toEqual({ head: 3, folded: 4, tail: 3 });
		expect(splitUnchanged(6, { isFirst: true, isLast: false }).folded).toBe(0);
		expect(splitUnchanged(7, { isFirst: true, isLast: false })).toEqual({ head: 0, folded: 4, tail: 3 });
	});

	test("a text without a change is one fold, a very short one its rows", () => {
		expect(shapeOf(numbered(9), numbered(9))).toEqual([[9, 1, 1]]);
		expect(shapeOf(numbered(3), numbered(3))).toEqual([3]);
	});

	test("opening a fold gives the rows that stood there, some or all", () => {
		const [current, proposed] = ["A\r\nB\nC\nD\nE\nF\nG\nH\nI", "New\nA\nB\nC\nD\nE\nF\nG\nH\nI"];
		const fold = comparePrompts(current, proposed).parts.find((part) => part.kind === "fold");
		expect(fold).toEqual({ kind: "fold", count: 6, left: 4, right: 5 });
		if (fold?.kind !== "fold") return;
		const rows = unfoldedRows(fold, current, proposed);
		expect(
			rows.map(({ left, right }) => [left?.number, left?.start, left?.text, right?.number, right?.start]),
		).toEqual(
			[..."DEFGHI"].map((letter, index) => [index + 4, 7 + 2 * index, letter, index + 5, 10 + 2 * index]),
		);
		expect(unfoldedRows(fold, splitLines(current), splitLines(proposed), 2, 4)).toEqual(rows.slice(2, 4));
	});

	test("folding the opened rows again gives the same parts", () => {
		const lines = fc.array(fc.constantFrom("a", "b", "c", "c", "c"), { maxLength: 40 });
		fc.assert(
			fc.property(lines, lines, (left, right) => {
				const [current, proposed] = [
					[...left, ...numbered(20), ...right].join("\n"),
					[...right, ...numbered(20), ...left].join("\n"),
				];
				const { parts } = comparePrompts(current, proposed);
				const rows = parts.flatMap((part) =>
					part.kind === "rows" ? part.rows : unfoldedRows(part, current, proposed),
				);
				expect(foldUnchanged(rows)).toEqual(parts);
			}),
			{ numRuns: 60 },
		);
	});
});

describe("changeStarts", () => {
	test("names the first row of each run of changed rows", () => {
		const lines = numbered(40);
		const proposed = lines.with(4, "One").with(5, "Two").with(7, "Three").with(30, "Four");
		const { parts, changes } = comparePrompts(lines.join("\n"), proposed.join("\n"));
		expect(changes).toBe(3);
		expect(changeStarts(parts).map((row) => row.left?.number ?? row.right?.number)).toEqual([5, 8, 31]);
	});
});
