import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteRule } from "./quote-rule";

test("a short text is quoted whole, on one line, without marks and its full stop", () => {
	expect(quoteRule("You **must**\n  check `it`.")).toBe("You must check it");
});

test("a long text is cut between words", () => {
	const long = "assistant ".repeat(60);
	expect(quoteRule(long)).toMatch(/^(?:assistant )+assistant…$/);
	expect(quoteRule(long).length).toBeLessThanOrEqual(200);
});

test("beside another it is quoted around the first difference", () => {
	const words = Array.from({ length: 200 }, (_, index) => `word${index}`);
	const quoted = quoteRule(words.join(" "), words.with(120, "other").join(" "));
	expect(quoted).toMatch(/^…word\d+ .*word120 .*word\d+…$/);
	expect(quoteRule(words.join(" "), words.with(199, "other").join(" "))).toMatch(/^…word\d+ .*word199$/);
});

test("it is never long, never half a character, and never empty for a text with letters", () => {
	const texts = fc
		.array(fc.constantFrom("a", " ", "😀", "word ", "*", "`", "\n", ".", "中"), {
			minLength: 1,
			maxLength: 60,
		})
		.map((parts) => `x${parts.join("").repeat(10)}`);
	fc.assert(
		fc.property(texts, texts, (text, other) => {
			for (const quoted of [quoteRule(text), quoteRule(text, other)]) {
				expect(quoted.length).toBeLessThanOrEqual(201);
				expect(quoted.isWellFormed()).toBe(true);
				expect(quoted).not.toBe("");
			}
		}),
		{ numRuns: 200 },
	);
});
