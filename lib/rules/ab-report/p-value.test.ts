import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceInterval } from "./interval";
import { normalCdf } from "./normal";
import { pooledPValue, twoSidedPValue } from "./p-value";

const arm = (successes: number, cases: number) => ({ successes, cases });
const anyArm = fc
	.integer({ min: 1, max: 300 })
	.chain((cases) => fc.record({ cases: fc.constant(cases), successes: fc.integer({ min: 0, max: cases }) }));

describe("twoSidedPValue", () => {
	test("gives the mid-p of Rothman, Modern Epidemiology, p. 243, as epitools' ormidp.test prints it", () => {
		expect(twoSidedPValue(arm(2, 11), arm(12, 19))).toBeCloseTo(0.02332167, 8);
	});

	test("gives the mid-p of Jewell, Statistics for Epidemiology, p. 79, as epitools prints it", () => {
		expect(twoSidedPValue(arm(20, 108), arm(347, 902))).toBeCloseTo(2.335156e-5, 11);
	});

	test("weighs Fisher's lady tasting tea (The Design of Experiments, 1935): 1, 16, 36, 16, 1 of 70", () => {
		expect(twoSidedPValue(arm(1, 4), arm(3, 4))).toBeCloseTo((2 * (1 + 16 / 2)) / 70, 14);
		expect(twoSidedPValue(arm(0, 4), arm(4, 4))).toBeCloseTo((2 * (1 / 2)) / 70, 14);
		expect(twoSidedPValue(arm(2, 4), arm(2, 4))).toBeCloseTo(1, 14);
	});

	test("calls nothing improbable when all or none succeeded", () => {
		expect(twoSidedPValue(arm(0, 10), arm(0, 2_000_000))).toBe(1);
		expect(twoSidedPValue(arm(10, 10), arm(7, 7))).toBe(1);
	});

	test("lies in 0…1 and is the same from either side", () => {
		fc.assert(
			fc.property(anyArm, anyArm, (one, other) => {
				const pValue = twoSidedPValue(one, other);
				expect(pValue).toBeGreaterThanOrEqual(0);
				expect(pValue).toBeLessThanOrEqual(1);
				expect(twoSidedPValue(other, one)).toBeCloseTo(pValue, 10);
			}),
		);
	});

	test("does not jump where the exact sum gives way to the z test", () => {
		for (const shift of [0, 300, 1500, 2500]) {
			const [baseline, candidate] = [arm(700_000, 1_400_000), arm(700_000 + shift, 1_400_000)];
			const half = (one: typeof baseline) => arm(Math.round(one.successes / 4), one.cases / 4);
			expect(twoSidedPValue(baseline, candidate)).toBe(pooledPValue(baseline, candidate));
			const exact = twoSidedPValue(half(baseline), half(candidate));
			expect(Math.abs(exact - pooledPValue(half(baseline), half(candidate)))).toBeLessThan(1e-3);
			expect(exact).not.toBe(pooledPValue(half(baseline), half(candidate)));
		}
	});

	test("agrees with the interval but for a few tables at the line, where it is the stricter of the two", () => {
		let tables = 0;
		let disagreements = 0;
		for (const cases of [6, 10, 20, 40, 80]) {
			for (let one = 0; one <= cases; one += 1) {
				for (let other = 0; other <= cases; other += 1) {
					const { low, high } = differenceInterval(arm(one, cases), arm(other, cases));
					const pValue = twoSidedPValue(arm(one, cases), arm(other, cases));
					tables += 1;
					if (low > 0 || high < 0) disagreements += pValue < 0.05 ? 0 : 1;
					else expect(pValue).toBeGreaterThanOrEqual(0.05);
				}
			}
		}
		expect(disagreements / tables).toBeLessThan(0.005);
	});

	test("comes to an end for a number of cases that nobody has", () => {
		for (let round = 0; round < 1000; round += 1) {
			expect(twoSidedPValue(arm(3e14, 9e14), arm(3e14 + round, 9e14))).toBeGreaterThan(0.99);
		}
	});
});

describe("pooledPValue", () => {
	test("is the p-value of Pearson's chi-squared without correction: 5.1 for 1 and 7 of 34", () => {
		const chiSquared = (68 * (1 * 27 - 33 * 7) ** 2) / (34 * 34 * 8 * 60);
		expect(chiSquared).toBeCloseTo(5.1, 10);
		expect(pooledPValue(arm(1, 34), arm(7, 34))).toBeCloseTo(2 * normalCdf(-Math.sqrt(5.1)), 12);
	});
});
