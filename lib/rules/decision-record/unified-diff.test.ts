import { applyPatch } from "diff";
import fc from "fast-check";
import { expect, test } from "vitest";
import { unifiedDiffOf } from "./unified-diff";

const numbered = (word: string, count: number) =>
	Array.from({ length: count }, (_, line) => `${word} ${line}`).join("\n");

test("names both sides and keeps three lines around a change", () => {
	const current = numbered("line", 12);
	const diff = unifiedDiffOf({ current, proposed: current.replace("line 6", "line six") });
	expect(diff?.split("\n")).toEqual([
		"--- current-prompt",
		"+++ proposed-prompt",
		"@@ -4,7 +4,7 @@",
		" line 3",
		" line 4",
		" line 5",
		"-line 6",
		"+line six",
		" line 7",
		" line 8",
		" line 9",
		"",
	]);
});

test("is empty for equal prompts, and says when a last line has no end", () => {
	expect(unifiedDiffOf({ current: "a\n", proposed: "a\n" })).toBe("");
	expect(unifiedDiffOf({ current: "a\n", proposed: "a" })).toContain("\\ No newline at end of file");
});

test("applied to the current prompt it gives the proposed one, letter for letter", () => {
	const text = fc
		.array(fc.constantFrom("a", "b", "", "c\r", "- d", "+e", "@@ -1 +1 @@", "\\ No newline"), {
			maxLength: 8,
		})
		.map((parts) => parts.join("\n"));
	fc.assert(
		fc.property(text, text, (current, proposed) => {
			const diff = unifiedDiffOf({ current, proposed });
			expect(diff).not.toBeNull();
			if (current === proposed) expect(diff).toBe("");
			else expect(applyPatch(current, diff ?? "", { autoConvertLineEndings: false })).toBe(proposed);
		}),
		{ numRuns: 300 },
	);
});

test("gives up on 20,000 rewritten lines, and not on one changed line among as many", () => {
	const current = numbered("old", 20_000);
	expect(unifiedDiffOf({ current, proposed: numbered("new", 20_000) })).toBeNull();
	expect(unifiedDiffOf({ current, proposed: current.replace("old 9000\n", "new\n") })).toContain("+new");
});
