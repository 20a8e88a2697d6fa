import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countWords, type Tokens, textOf, tokenize, Vocabulary } from "./tokens";

function cut(text: string): string[] {
	const vocabulary = new Vocabulary();
	const tokens: Tokens = { text, starts: [], numbers: [] };
	const { from, to } = tokenize(tokens, 0, text.length, vocabulary);
	return Array.from({ length: to - from }, (_, index) => textOf(tokens, from + index, from + index + 1));
}

/** Text in which plain words, signs, marks and emoji stand side by side, also where nobody would put them. */
const awkwardText = fc
	.array(
		fc.oneof(
			fc.constantFrom("not", "don't", "0.75", "  ", "\t", "{{name}}", "naïve", "e\u0301", "\u0301", "👩‍👩‍👧"),
			fc.constantFrom("👍🏽", "🇩🇪", "🇫", "1️⃣", "नमस्ते", "مرحبا", "你好", "กำ", "\u0600", "\u200d", "\u200b"),
			fc.constantFrom("\ud83d", "\udc4d", "’", "'", ".", ",", "\u202e", "a\u{e0041}", "각"),
			fc.string({ unit: "binary", maxLength: 3 }),
		),
		{ maxLength: 20 },
	)
	.map((all) => all.join("").replace(/[\r\n]/g, ""));

describe("tokenize", () => {
	test("keeps words whole: apostrophes, underscores, digits and decimal numbers belong to them", () => {
		expect(cut("Don't use user_id2, keep 0.75!")).toEqual([
			"Don't",
			" ",
			"use",
			" ",
			"user_id2",
			",",
			" ",
			"keep",
			" ",
			"0.75",
			"!",
		]);
		expect(cut("the user’s 'name' ends.")).toEqual([
			"the",
			" ",
			"user’s",
			" ",
			"'",
			"name",
			"'",
			" ",
			"ends",
			".",
		]);
	});

	test("takes white space as runs and every other sign by itself", () => {
		expect(cut("{{a}} \t ->")).toEqual(["{", "{", "a", "}", "}", " \t ", "-", ">"]);
	});

	test("takes words outside ASCII as whole as those inside it", () => {
		expect(cut("naïve cafés d’été")).toEqual(["naïve", " ", "cafés", " ", "d’été"]);
		expect(cut("x.é 1.٢")).toEqual(["x", ".", "é", " ", "1.٢"]);
		expect(cut("नमस्ते दुनिया")).toEqual(["नमस्ते", " ", "दुनिया"]);
	});

	test("takes scripts without spaces one character at a time, so that one of them can differ", () => {
		expect(cut("禁止透露")).toEqual(["禁", "止", "透", "露"]);
	});

	test("shows a hidden character as a token of its own beside a word", () => {
		expect(cut("pay\u200bpal")).toEqual(["pay", "\u200b", "pal"]);
		expect(cut("\u202eabc")).toEqual(["\u202e", "abc"]);
	});

	test("never cuts a word's mark, an emoji sequence or a surrogate pair off, and joins exactly", () => {
		const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
		fc.assert(
			fc.property(awkwardText, (text) => {
				const tokens = cut(text);
				expect(tokens.join("")).toBe(text);
				const boundaries = new Set([...graphemes.segment(text)].map(({ index }) => index));
				let at = 0;
				for (const token of tokens) {
					expect(token).not.toBe("");
					expect([JSON.stringify(text), at, boundaries.has(at)]).toEqual([JSON.stringify(text), at, true]);
					at += token.length;
				}
			}),
			{ numRuns: 300 },
		);
	});

	test("gives NFC and NFD spellings of a word the same number, and `folded` those of both cases", () => {
		const vocabulary = new Vocabulary();
		const numbers = ["Café", "Café".normalize("NFD"), "café", "CAFÉ", "cafe"].map((word) =>
			vocabulary.numberOf(word, 0, word.length),
		);
		expect(numbers[1]).toBe(numbers[0]);
		expect(numbers[2]).not.toBe(numbers[0]);
		expect(new Set(numbers.slice(0, 4).map((number) => vocabulary.folded(number))).size).toBe(1);
		expect(vocabulary.folded(numbers[4] ?? 0)).not.toBe(vocabulary.folded(numbers[0] ?? 0));
	});

	test("keeps numbers apart when there are many", () => {
		const vocabulary = new Vocabulary();
		const words = Array.from({ length: 20_000 }, (_, index) => `word${index}`);
		const once = words.map((word) => vocabulary.numberOf(word, 0, word.length));
		expect(new Set(once).size).toBe(words.length);
		expect(words.map((word) => vocabulary.numberOf(word, 0, word.length))).toEqual(once);
	});

	test.each(["a", "é", "'", "a'", "é’", "1.", "\u0301", "👩\u200d", "🇩", "\ud83d", " ", "\u0600", "กำ"])(
		"reads 200 KB of %j without trouble",
		(unit) => {
			const text = unit.repeat(200_000 / unit.length);
			expect(cut(text).join("")).toBe(text);
		},
	);
});

describe("countWords", () => {
	test("counts words and numbers, not signs", () => {
		expect(countWords("Don't say {{name}} more than 3.5 times — é!")).toBe(8);
		expect(countWords(" -> ** \u200b 👍🏽 …")).toBe(0);
		expect(countWords("")).toBe(0);
	});

	test("counts what tokenize calls a word", () => {
		fc.assert(
			fc.property(awkwardText, (text) => {
				const vocabulary = new Vocabulary();
				const tokens: Tokens = { text, starts: [], numbers: [] };
				const { from, to } = tokenize(tokens, 0, text.length, vocabulary);
				const words = tokens.numbers.slice(from, to).filter((number) => vocabulary.isWord(number));
				expect(countWords(text)).toBe(words.length);
			}),
		);
	});
});
