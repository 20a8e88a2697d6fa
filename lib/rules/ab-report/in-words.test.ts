import { expect, test } from "vitest";
import { listInWords, nameInWords, pValueInWords, signedInWords, valueInWords } from "./in-words";

test("a name from a model is cut and shows what it hides", () => {
	expect(nameInWords("refusal_rate")).toBe("refusal rate");
	expect(nameInWords("a\u202eb")).toBe("a⟦U+202E⟧b");
	expect(nameInWords("😀".repeat(200_000))).toBe(`${"😀".repeat(80)}…`);
});

test("figures carry a true minus sign and no sign at zero", () => {
	expect([0.29, -0.08, 0, -0, 0.000001].map(signedInWords)).toEqual(["+0.29", "−0.08", "0", "0", "0"]);
	expect([0.0004, 0.0123, 1].map(pValueInWords)).toEqual(["p < 0.001", "p = 0.012", "p = 1"]);
});

test("a value of any kind has short words", () => {
	const strange = [undefined, null, Number.NaN, "eighty", [1], Object.create(null), true, 1n, Symbol("s")];
	for (const value of strange) expect(valueInWords(value).length).toBeLessThan(40);
	expect(valueInWords("x".repeat(1e6)).length).toBeLessThan(120);
});

test("a long list names four and counts the rest", () => {
	expect(listInWords(["a", "b", "c"])).toBe("a, b and c");
	expect(listInWords([..."abcdefgh"])).toBe("a, b, c, d and 4 more");
});
