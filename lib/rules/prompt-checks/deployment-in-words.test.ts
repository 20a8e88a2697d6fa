import fc from "fast-check";
import { expect, test } from "vitest";
import { approverInWords, clipped, deploymentInWords, figure, momentInWords } from "./deployment-in-words";

test("writes ids short, moments in UTC, and who approved as far as it is known", () => {
	expect(deploymentInWords("3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f")).toBe("deployment 3f2c1a90");
	expect(deploymentInWords("dep_7")).toBe("deployment dep_7");
	expect(momentInWords("2026-11-22T11:30:59.123+01:00")).toBe("2026-11-22 10:30 UTC");
	expect([momentInWords("soon"), momentInWords(null), momentInWords(undefined)]).toEqual([null, null, null]);
	expect(approverInWords("user_1")).toBe("user_1");
	expect(approverInWords("system:autoship")).toBe("autoship");
	expect([approverInWords(null), approverInWords("")]).toEqual([
		"somebody not recorded",
		"somebody not recorded",
	]);
	expect([figure(1204), figure(-86), figure(-0)]).toEqual(["1,204", "−86", "0"]);
});

test("text of any kind becomes one well-formed line that is no longer than was asked", () => {
	expect(clipped(" too\n\tsoft ", 20)).toBe("too soft");
	expect(clipped("0123456789", 5)).toBe("0123…");
	expect(clipped(`abc😀`, 4)).toBe("abc…");
	expect(clipped(" ".repeat(200_000), 20)).toBe("…");
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom("a", " ", "\n", "\t", "😀", "é", "\ud83d"), maxLength: 60 }),
			fc.integer({ min: 1, max: 20 }),
			(text, max) => {
				const line = clipped(text.toWellFormed(), max);
				expect(line.length).toBeLessThanOrEqual(max);
				expect(line).not.toMatch(/[\r\n\t]/);
				expect(line.isWellFormed()).toBe(true);
			},
		),
	);
});
