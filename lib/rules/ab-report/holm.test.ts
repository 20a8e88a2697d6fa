import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holmAdjusted } from "./holm";

describe("holmAdjusted", () => {
	// The four p-values of the example of "Holm–Bonferroni method" in Wikipedia; R's p.adjust(p, "holm") gives the same.
	test("corrects 0.01, 0.04, 0.03 and 0.005 to 0.03, 0.06, 0.06 and 0.02", () => {
		const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
		for (const [index, expected] of [0.03, 0.06, 0.06, 0.02].entries()) {
			expect(adjusted[index]).toBeCloseTo(expected, 12);
		}
	});

	test("leaves one alone as it is, and none as none", () => {
		expect(holmAdjusted([0.04])).toEqual([0.04]);
		expect(holmAdjusted([])).toEqual([]);
	});

	test("never lowers a p-value, never exceeds Bonferroni or 1, and keeps their order", () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (pValues) => {
				const adjusted = holmAdjusted(pValues);
				for (const [index, pValue] of pValues.entries()) {
					const now = adjusted[index] ?? Number.NaN;
					expect(now).toBeGreaterThanOrEqual(pValue);
					expect(now).toBeLessThanOrEqual(Math.min(1, pValue * pValues.length));
					for (const [other, otherPValue] of pValues.entries()) {
						if (pValue < otherPValue) expect(now).toBeLessThanOrEqual(adjusted[other] ?? Number.NaN);
					}
				}
			}),
		);
	});
});
