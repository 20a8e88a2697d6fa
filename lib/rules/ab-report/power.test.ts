import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { casesNeeded, detectableDifference } from "./power";

const both = (cases: number) => ({ baseline: cases, candidate: cases });

describe("casesNeeded", () => {
	test("says that +0.05 from a baseline of 0.60 needs about 1,470 cases in each arm", () => {
		expect(Math.ceil(casesNeeded(0.6, 0.65))).toBe(1471);
		expect(Math.ceil(casesNeeded(0.5, 0.55))).toBe(1565);
	});

	test("gives the 356 in each arm of the textbooks for 0.60 against 0.70", () => {
		expect(Math.ceil(casesNeeded(0.6, 0.7))).toBe(356);
	});

	// R's help for power.prop.test: from 0.90 even a rise to 1 needs "at least n = 74" for a power of 0.8.
	test("gives the 74 of R's manual for 0.90 against 1", () => {
		expect(Math.ceil(casesNeeded(0.9, 1))).toBe(74);
	});

	test("needs no end of cases where nothing is different", () => {
		expect(casesNeeded(0.5, 0.5)).toBe(Infinity);
	});
});

describe("detectableDifference", () => {
	test("is the inverse of the cases needed, up and down", () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.02, max: 0.98, noNaN: true }),
				fc.integer({ min: 10, max: 5000 }),
				(share, cases) => {
					const { rise, fall } = detectableDifference(share, both(cases));
					if (rise !== null) expect(casesNeeded(share, share + rise) / cases).toBeCloseTo(1, 6);
					else expect(casesNeeded(share, 1)).toBeGreaterThan(cases);
					if (fall !== null) expect(casesNeeded(share, share - fall) / cases).toBeCloseTo(1, 6);
					else expect(casesNeeded(share, 0)).toBeGreaterThan(cases);
				},
			),
		);
	});

	test("is null where even all or none would not be enough", () => {
		expect(detectableDifference(0.9, both(30)).rise).toBeNull();
		expect(detectableDifference(1, both(100)).rise).toBeNull();
		expect(detectableDifference(0.5, both(1))).toEqual({ rise: null, fall: null });
	});

	test("is larger when one arm is smaller", () => {
		const even = detectableDifference(0.6, both(100)).rise ?? 0;
		expect(detectableDifference(0.6, { baseline: 100, candidate: 50 }).rise).toBeGreaterThan(even);
	});
});
