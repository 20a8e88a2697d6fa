import { describe, expect, test } from "vitest";
import { comparePrompts } from "./compare";

const remarks = (current: string, proposed: string) => comparePrompts(current, proposed).remarks;

describe("remarks", () => {
	test("say how the line ends change, in which direction", () => {
		expect(remarks("a\nb\n", "a\r\nb\r\n")).toEqual([
			"The line ends change from LF to CRLF; the lines below are compared without them.",
		]);
		expect(remarks("a\r\nb\r\n", "a\nb\n")[0]).toContain("from CRLF to LF");
		expect(remarks("a\nb\n", "a\rb\r")[0]).toContain("from LF to CR;");
		expect(remarks("a\nb\n", "a\nb\r\n")[0]).toContain("from LF to mixed LF and CRLF;");
	});

	test("say it where both sides mix line ends, but otherwise", () => {
		expect(remarks("a\nb\r\nc\n", "a\r\nb\nc\n")).toEqual([
			"Both prompts have mixed LF and CRLF line ends, and 2 lines end otherwise than before; the lines below are compared without them.",
		]);
		expect(remarks("a\nb\r\nc\nd", "a\nb\r\nc\ne")).toEqual([]);
	});

	test("say how many lines differ only in their Unicode form, in which direction", () => {
		const french = "Réponds.\nBref.\nÉvite les détails.";
		expect(remarks(french, french.normalize("NFD"))).toEqual([
			"2 lines differ only in how accented characters are composed (NFC in the current prompt, NFD in the proposed one); shown as the same.",
		]);
		expect(remarks("é".normalize("NFD"), "é")).toEqual([
			"1 line differs only in how accented characters are composed (NFD in the current prompt, NFC in the proposed one); shown as the same.",
		]);
		expect(remarks("é\ne\u0301", "e\u0301\né")[0]).toContain("(NFC and NFD in different places)");
	});

	test("say it of words inside changed lines too", () => {
		expect(remarks("Le café est fermé.", "Le café est ouvert.".normalize("NFD"))).toEqual([
			"In 1 changed line accented characters are also composed differently (NFC in the current prompt, NFD in the proposed one); words that differ only in this are shown as the same.",
		]);
	});

	test("say which side ends with a line end", () => {
		expect(remarks("x\ny", "x\ny\n")).toEqual([
			"The proposed prompt ends with a line end, which the current one does not.",
		]);
		expect(remarks("x\ny\r\n", "x\ny")).toContain(
			"The proposed prompt does not end with a line end, which the current one does.",
		);
	});

	test("say which side is empty, and nothing of its line end", () => {
		expect(remarks("", "x\n")).toEqual(["The current prompt is empty."]);
		expect(remarks("x\n", "")).toEqual(["The proposed prompt is empty."]);
		expect(remarks("", "")).toEqual([]);
	});

	test("say that only white space differs, and do not say it of line ends alone", () => {
		const sentence = "Only white space differs: spaces, tabs or line breaks.";
		expect(remarks("a\n  b\n", "a\n\tb\n")).toEqual([sentence]);
		expect(remarks("one two\nthree", "one\ntwo three")).toEqual([sentence]);
		expect(remarks("a\u00a0b", "a b")).toEqual([sentence]);
		expect(remarks("a\nb\n", "a\r\nb\r\n")).not.toContain(sentence);
		expect(remarks("a b", "a c")).toEqual([]);
		expect(remarks("a b", "a bb")).toEqual([]);
	});

	test("are silent about what the rows show, and about ordinary text in any language", () => {
		expect(remarks("Be brief.\n", "Be kind.\n")).toEqual([]);
		expect(remarks("café 👍🏽 नमस्ते مرحبا 각", "café 👍🏽 नमस्ते مرحبا 각!")).toEqual([]);
	});
});
