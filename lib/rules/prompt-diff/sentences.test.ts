import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentencesOf } from "./sentences";
import { type Tokens, textOf, tokenize, Vocabulary } from "./tokens";

function cut(text: string): { text: string; key: string }[] {
	const vocabulary = new Vocabulary();
	const tokens: Tokens = { text, starts: [], numbers: [] };
	const line = tokenize(tokens, 0, text.length, vocabulary);
	return sentencesOf(tokens, line, vocabulary).map(({ from, to, key }) => ({
		text: textOf(tokens, from, to),
		key,
	}));
}

describe("sentencesOf", () => {
	test("cuts a line at its sentence ends, with the white space behind", () => {
		expect(cut("Be brief.  Never guess! Is it late? Say so.")).toEqual([
			{ text: "Be brief.  ", key: "Be brief." },
			{ text: "Never guess! ", key: "Never guess!" },
			{ text: "Is it late? ", key: "Is it late?" },
			{ text: "Say so.", key: "Say so." },
		]);
	});

	test("finds the same sentences in a long line as in a short one", () => {
		const sentence = "Please check the order number, then answer in a calm voice. ";
		expect(cut(sentence.repeat(400)).every(({ text }) => text === sentence)).toBe(true);
		const long = `A ${"long clause, ".repeat(700)}which ends here. `;
		const lengths = cut(`Be short. ${long}Be short. ${long}`).map(({ text }) => text.length);
		expect(lengths).toEqual([10, long.length, 10, long.length]);
	});

	test("loses nothing and cuts no token, in any text", () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom("A b.", " ", "e.g. ", "\u2028", "!", "é", "。", "👍🏽", "\ud800")),
				(all) => {
					const text = all.join("").repeat(20);
					expect(
						cut(text)
							.map((sentence) => sentence.text)
							.join(""),
					).toBe(text);
				},
			),
			{ numRuns: 50 },
		);
	});

	test.each(["A. ", ".", "a", "a.", "! ", "。", " "])("reads 200 KB of %j without trouble", (unit) => {
		const text = unit.repeat(200_000 / unit.length);
		expect(cut(text).reduce((sum, sentence) => sum + sentence.text.length, 0)).toBe(text.length);
	});
});
