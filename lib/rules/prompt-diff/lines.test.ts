import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineEnd, lineText, sideLine, splitLines } from "./lines";

const textsOf = (text: string) => {
	const lines = splitLines(text);
	return Array.from({ length: lines.count }, (_, index) => lineText(lines, index));
};

describe("splitLines", () => {
	test("splits at LF, CRLF and lone CR, and keeps line ends out of the text", () => {
		expect(textsOf("one\ntwo\r\nthree\rfour")).toEqual(["one", "two", "three", "four"]);
		expect(textsOf("a\r\r\n\n\rb")).toEqual(["a", "", "", "", "b"]);
	});

	test("an empty prompt has no lines, and a last line end makes no further one", () => {
		expect(textsOf("")).toEqual([]);
		expect(textsOf("\n")).toEqual([""]);
		expect(textsOf("a\n")).toEqual(["a"]);
		expect(textsOf("a\r\n")).toEqual(["a"]);
		expect(textsOf("a\n\n")).toEqual(["a", ""]);
	});

	test("does not split at separators that are not line ends", () => {
		expect(textsOf("a\u2028b\u0085c\vd\fe")).toHaveLength(1);
	});

	test("numbers lines from 1 and places them in UTF-16 units of the exact prompt", () => {
		const lines = splitLines("👍\r\nReply in English.");
		expect(sideLine(lines, 1, null)).toEqual({
			number: 2,
			start: 4,
			text: "Reply in English.",
			pieces: null,
		});
	});

	test("the lines with their ends join to the exact prompt", () => {
		const text = fc.array(fc.constantFrom("a", "\n", "\r", "\r\n", "\ud800", "é")).map((all) => all.join(""));
		fc.assert(
			fc.property(text, (prompt) => {
				const lines = splitLines(prompt);
				let joined = "";
				for (let index = 0; index < lines.count; index += 1) {
					expect(lines.starts[index]).toBe(joined.length);
					expect(lineText(lines, index)).not.toMatch(/[\r\n]/);
					joined += lineText(lines, index) + lineEnd(lines, index);
				}
				expect(joined).toBe(prompt);
			}),
		);
	});
});
