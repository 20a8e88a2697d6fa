import fc from "fast-check";
import { expect, test } from "vitest";
import { lineText, splitLines } from "../prompt-diff/lines";
import type { Finding } from "./finding";
import { locateFindings, marksOf } from "./locate";

const current = "Be kind.\r\nNever promise a refund.\nAnswer in {{language}}.\n";

function findingAt(start: number, end: number): Finding {
	const places = [{ side: "current", start, end } as const];
	return { check: "removed-rules", severity: "warning", sentence: "A rule is gone.", places };
}

test("a place is said as a line and what part of it", () => {
	const start = current.indexOf("promise");
	const [found] = locateFindings([findingAt(start, start + 7)], { current, proposed: "" });
	expect(found?.parts).toEqual([{ side: "current", line: 2, from: 6, to: 13 }]);
});

test("a place over several lines has a part in each, without their ends", () => {
	const [found] = locateFindings([findingAt(3, current.length)], { current, proposed: "" });
	expect(found?.parts).toEqual([
		{ side: "current", line: 1, from: 3, to: 8 },
		{ side: "current", line: 2, from: 0, to: 23 },
		{ side: "current", line: 3, from: 0, to: 23 },
	]);
});

test("the marks of a line stand in the order of its text", () => {
	const start = current.indexOf("Never");
	const located = locateFindings([findingAt(start + 6, start + 13), findingAt(start, start + 5)], {
		current,
		proposed: "",
	});
	expect(marksOf(located)["current 2"]?.map(({ from, to }) => [from, to])).toEqual([
		[0, 5],
		[6, 13],
	]);
});

test("the parts of any place are inside their lines and join to its text without line ends", () => {
	const text = fc.string({ unit: fc.constantFrom("a", "é", "\n", "\r", "😀", " "), maxLength: 60 });
	fc.assert(
		fc.property(text, fc.nat(), fc.nat(), (proposed, one, other) => {
			const [start, end] = [one, other].map((at) => at % (proposed.length + 1)).sort((a, b) => a - b);
			if (start === undefined || end === undefined || start === end) return;
			const finding = { ...findingAt(0, 1), places: [{ side: "proposed", start, end } as const] };
			const [found] = locateFindings([finding], { current: "", proposed });
			const lines = splitLines(proposed);
			const joined = found?.parts
				.map(({ line, from, to }) => lineText(lines, line - 1).slice(from, to))
				.join("");
			expect(joined).toBe(proposed.slice(start, end).replace(/[\r\n]/g, ""));
		}),
	);
});
