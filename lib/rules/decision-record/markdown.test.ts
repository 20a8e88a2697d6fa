import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fenced, inline } from "./markdown";

describe("a fenced block", () => {
	test("has a fence that is longer than any run of backticks inside", () => {
		expect(fenced("a")).toBe("```text\na\n```");
		expect(fenced("a ```` b\n```\n", "diff")).toBe("`````diff\na ```` b\n```\n\n`````");
	});

	test("is written of a text of nothing but backticks", () => {
		expect(fenced("`".repeat(200_000))).toHaveLength(600_000 + "text".length + 4);
	});
});

describe("text within a line", () => {
	test("has no effect as Markdown or HTML", () => {
		expect(inline("*a* _b_ `c` [d](javascript:e) <img src=x> &lt; f|g ~h~ $i$ \\")).toBe(
			"\\*a\\* \\_b\\_ \\`c\\` \\[d\\](javascript\\:e) \\<img src=x\\> \\&lt; f\\|g \\~h\\~ \\$i\\$ \\\\",
		);
	});

	test("does not become a link or a mention by itself", () => {
		expect(inline("https://a.example www.b.example c@d.example @@e")).toBe(
			"https\\://a.example www\\.b.example c`@`d.example `@@`e",
		);
	});

	test("stays in its line, with what cannot be seen written out", () => {
		expect(inline("a\r\n\r\n# b\tc\u202ed\u2028e")).toBe("a # b c⟦U+202E⟧d⟦U+2028⟧e");
	});

	test("reads as it was written where it is ordinary", () => {
		for (const text of ["Better: it rose by 0.29 (n = 80).", "Sperr-Liste, 50 %; “so”", "12:30 is not"]) {
			expect(inline(text).replace("12\\:30", "12:30")).toBe(text);
		}
	});

	test("can be read back from what was escaped, and holds no character that could take effect", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(..."ab `\\*_[]<>&|~$:@.w#-!"), maxLength: 30 }),
				(text) => {
					const written = inline(text);
					const plain = text.replace(/ +/g, " ").trim();
					expect(written.replace(/`(@+)`/g, "$1").replace(/\\([^\da-z\s])/gi, "$1")).toBe(plain);
					const alone = written.replace(/\\[^\da-z\s]/gi, "").replace(/`@+`/g, "");
					expect(alone).not.toMatch(/[`\\*_[\]<>&|~$@]|:\S/);
				},
			),
			{ numRuns: 500 },
		);
	});

	test("takes linear time on 200,000 of one character", () => {
		for (const character of ["\\", "`", " ", ":", "@", "w", "<", "\u200b", "\n"]) {
			expect(inline(character.repeat(200_000)).length).toBeLessThan(2_000_000);
		}
	});
});
