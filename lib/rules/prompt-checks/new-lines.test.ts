import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findNewLines } from "./new-lines";

const newTexts = (current: string, proposed: string) =>
	findNewLines(current, proposed).map(({ start, end }) => proposed.slice(start, end));

describe("findNewLines", () => {
	test("joins new neighbours and leaves known lines out, wherever they stood", () => {
		expect(newTexts("a\nb\nc", "c\nx\ny\nb\nz")).toEqual(["x\ny", "z"]);
	});

	test("does not call a line new for its white space or its line end", () => {
		expect(newTexts("a\nb", "  a\r\nb\t\n\n")).toEqual([]);
	});

	test("every line of the proposed prompt is in a stretch or in the current prompt", () => {
		const lines = fc.array(fc.constantFrom("a", "b", "", " c")).map((all) => all.join("\n"));
		fc.assert(
			fc.property(lines, lines, (current, proposed) => {
				const found = newTexts(current, proposed).join("\n").split("\n");
				const known = [...current.split("\n"), ...found, ""].map((line) => line.trim());
				return proposed.split("\n").every((line) => known.includes(line.trim()));
			}),
			{ numRuns: 100 },
		);
	});
});
