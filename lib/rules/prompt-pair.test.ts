import { describe, expect, test } from "vitest";
import { preparePromptPair } from "./prompt-pair";

describe("preparePromptPair", () => {
	test("says that only the line ends differ instead of painting every line", () => {
		const pair = preparePromptPair("a\nb\n", "a\r\nb\r\n");
		expect(pair.isIdentical).toBe(true);
		expect(pair.identityInWords).toBe("No line differs; only the line ends do, as said above.");
		expect(pair.remarks).toEqual([
			"The line ends change from LF to CRLF; the lines below are compared without them.",
		]);
	});

	test("calls a pair identical only when every character is the same", () => {
		expect(preparePromptPair("a", "a").identityInWords).toContain("character for character");
		expect(preparePromptPair("a", "a\u200b").isIdentical).toBe(false);
	});

	test("says when only the end of the last line differs, which no line shows", () => {
		const pair = preparePromptPair("x\ny", "x\ny\n");
		expect(pair.isIdentical).toBe(true);
		expect(pair.remarks).toEqual([
			"The proposed prompt ends with a line end, which the current one does not.",
		]);
	});

	test("says that only white space differs, which colours alone would not tell", () => {
		expect(preparePromptPair("a\n  b\n", "a\n\tb\n").remarks).toEqual([
			"Only white space differs: spaces, tabs or line breaks.",
		]);
	});

	test("says that a changed long line is not marked word by word", () => {
		const long = `${"You may change the value. ".repeat(30)}End.`;
		expect(preparePromptPair(long, long.replace("may", "must not")).remarks[0]).toContain(
			"coloured as a whole",
		);
		expect(preparePromptPair(`${long}\nshort`, `${long}\nshorter`).remarks).toEqual([]);
	});

	test("writes hidden characters out on both sides and counts them", () => {
		const pair = preparePromptPair("pay", "p\u202eay");
		expect(pair.proposed).toBe("p⟦U+202E⟧ay");
		expect(pair.remarks[0]).toContain("0 in the current prompt, 1 in the proposed one");
	});

	test("falls back openly to lines when the prompts are too large for words", () => {
		const pair = preparePromptPair("x\n".repeat(5_000), "y\n".repeat(5_000));
		expect(pair.isLarge).toBe(true);
		expect(pair.remarks).toContain("Compared by line: too large to compare by word.");
	});

	test("counts the lines a person sees", () => {
		const pair = preparePromptPair("", "one\ntwo\n");
		expect([pair.currentLines, pair.proposedLines]).toEqual([0, 2]);
	});
});
