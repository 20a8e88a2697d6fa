import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeCell } from "./safe-cell";

describe("safeCell", () => {
	test.each([
		["=1+1", "'=1+1"],
		["+1", "'+1"],
		["-1", "'-1"],
		["@SUM(A1)", "'@SUM(A1)"],
		["＝1＋1", "'＝1＋1"],
		["＋1", "'＋1"],
		["－1", "'－1"],
		["＠SUM(A1)", "'＠SUM(A1)"],
		["﹣1", "'﹣1"],
		["−1", "'−1"],
	])("makes a text of %j", (text, safe) => {
		expect(safeCell(text)).toBe(safe);
	});

	test("looks behind what cannot be seen, and moves a tab or a line end away from the start", () => {
		expect(safeCell(" \u00a0\u200b\ufeff\u0000=1")).toBe(" \u00a0\u200b\ufeff\u0000'=1");
		expect(safeCell("\tx")).toBe("'\tx");
		expect(safeCell("\rx")).toBe("'\rx");
		expect(safeCell("\nx")).toBe("'\nx");
		expect(safeCell("\t=1")).toBe("'\t'=1");
	});

	test("looks behind a semicolon, a tab and a line end, where another program begins a cell", () => {
		expect(safeCell("a;=1")).toBe("a;'=1");
		expect(safeCell("a;\t @x\r\n-b\n+c")).toBe("a;\t '@x\r\n'-b\n'+c");
		expect(safeCell(";=1")).toBe(";'=1");
	});

	test("leaves alone what is no formula", () => {
		for (const text of ["", "a = b", "re-use", "a, -b", "me@example.org", "'=1", "👩‍🚀 -1", "1+1"]) {
			expect(safeCell(text)).toBe(text);
		}
	});

	test("adds apostrophes and changes nothing else, and no cell of any reading begins a formula", () => {
		const text = fc.string({ unit: fc.constantFrom(..."=+-@＝;\t\r\n '\"ax\u200b") });
		fc.assert(
			fc.property(text, (given) => {
				const safe = safeCell(given);
				let rest = safe;
				for (const character of given) {
					if (!rest.startsWith(character)) rest = rest.replace(/^'/, "");
					expect(rest.startsWith(character)).toBe(true);
					rest = rest.slice(character.length);
				}
				expect(rest).toBe("");
				expect(safe).not.toMatch(/(^|[;\t\r\n])[\s\u200b]*[=+\-@＝]/u);
				expect(safe).not.toMatch(/^[\t\r\n]/);
			}),
		);
	});
});
