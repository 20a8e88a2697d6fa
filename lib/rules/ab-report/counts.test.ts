import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closestResults, successesOf } from "./counts";

describe("successesOf", () => {
	test("finds the one whole number that a rounded rate stands for", () => {
		expect(successesOf(60.2, 100, 133)).toMatchObject({ kind: "exact", least: 80, most: 80 });
		expect(successesOf(0.71, 1, 80)).toMatchObject({ kind: "exact", least: 57, most: 57 });
		// 34 of 80 is 0.425, which Python rounds to 0.42.
		expect(successesOf(0.42, 1, 80)).toMatchObject({ kind: "exact", least: 34, most: 34 });
		expect(successesOf(0.5, 1, 10)).toMatchObject({ kind: "exact", least: 5, most: 5 });
	});

	test("says that no whole number of cases gives the rate", () => {
		expect(successesOf(0.417, 1, 80)).toMatchObject({ kind: "none", least: 33, most: 34 });
	});

	test("keeps all that a coarse rate may stand for", () => {
		expect(successesOf(0.42, 1, 1000)).toMatchObject({ kind: "rounded", least: 415, most: 425 });
	});

	test("gives back every count that was rounded to three decimals or one of percent", () => {
		const cases = fc.integer({ min: 1, max: 1500 });
		fc.assert(
			fc.property(
				cases.chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n }))),
				([n, k]) => {
					const range = successesOf(Number((k / n).toFixed(3)), 1, n);
					expect(range.least <= k && k <= range.most).toBe(true);
					const percent = successesOf(Number(((100 * k) / n).toFixed(1)), 100, n);
					expect(percent.least <= k && k <= percent.most).toBe(true);
				},
			),
		);
	});
});

describe("closestResults", () => {
	const arm = (share: number, cases: number) => ({ range: successesOf(share, 1, cases), cases });

	test("takes the counts that lie closest together, in both directions", () => {
		const [low, high] = [arm(0.42, 1000), arm(0.5, 1000)];
		expect(closestResults(low, high)?.baseline.successes).toBe(425);
		expect(closestResults(low, high)?.candidate.successes).toBe(495);
		expect(closestResults(high, low)?.baseline.successes).toBe(495);
	});

	test("gives nothing where rounding alone may have made the difference", () => {
		expect(closestResults(arm(0.42, 100_000), arm(0.424, 100_000))).toBeNull();
	});
});
