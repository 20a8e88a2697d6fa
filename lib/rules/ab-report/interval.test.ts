import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceInterval, wilsonInterval } from "./interval";

const arm = (successes: number, cases: number) => ({ successes, cases });
const toFour = (value: number) => Math.round(value * 10_000) / 10_000;
const rounded = ({ low, high }: { low: number; high: number }) => [toFour(low) + 0, toFour(high) + 0];

const anyArm = fc
	.integer({ min: 1, max: 500 })
	.chain((cases) => fc.record({ cases: fc.constant(cases), successes: fc.integer({ min: 0, max: cases }) }));

describe("wilsonInterval", () => {
	// Newcombe, Statistics in Medicine 17:857–872, 1998, table I, method 3 (Wilson's score of 1927).
	test.each([
		[81, 263, 0.2553, 0.3662],
		[15, 148, 0.0624, 0.1605],
		[0, 20, 0, 0.1611],
		[1, 29, 0.0061, 0.1718],
	])("gives Newcombe's table I for %d of %d", (successes, cases, low, high) => {
		expect(rounded(wilsonInterval(arm(successes, cases)))).toEqual([low, high]);
	});
});

describe("differenceInterval", () => {
	// Newcombe, Statistics in Medicine 17:873–890, 1998, table II, method 10; his difference is first − second.
	test.each([
		["a", 56, 70, 48, 80, 0.0524, 0.3339],
		["b", 9, 10, 3, 10, 0.1705, 0.809],
		["c", 6, 7, 2, 7, 0.0582, 0.8062],
		["d", 5, 56, 0, 29, -0.0381, 0.1926],
		["e", 0, 10, 0, 20, -0.1611, 0.2775],
		["f", 0, 10, 0, 10, -0.2775, 0.2775],
		["g", 10, 10, 0, 20, 0.6791, 1],
		["h", 10, 10, 0, 10, 0.6075, 1],
	])(
		"gives Newcombe's table II, contrast (%s)",
		(_, successes, cases, otherSuccesses, otherCases, low, high) => {
			expect(rounded(differenceInterval(arm(otherSuccesses, otherCases), arm(successes, cases)))).toEqual([
				low,
				high,
			]);
		},
	);

	test("gives what is said of a rise from 0.42 to 0.71 with 80, 40 and 20 cases", () => {
		const ends = [80, 40, 20].map((cases) =>
			rounded(differenceInterval(arm(0.42 * cases, cases), arm(0.71 * cases, cases))),
		);
		expect(ends).toEqual([
			[0.1368, 0.4247],
			[0.0727, 0.472],
			[-0.0145, 0.5296],
		]);
	});

	test("holds the difference and lies in −1…1", () => {
		fc.assert(
			fc.property(anyArm, anyArm, (baseline, candidate) => {
				const { low, high } = differenceInterval(baseline, candidate);
				const difference = candidate.successes / candidate.cases - baseline.successes / baseline.cases;
				expect(low).toBeGreaterThanOrEqual(-1);
				expect(low).toBeLessThanOrEqual(difference + 1e-12);
				expect(high).toBeGreaterThanOrEqual(difference - 1e-12);
				expect(high).toBeLessThanOrEqual(1);
			}),
		);
	});

	test("is mirrored when the arms change places", () => {
		fc.assert(
			fc.property(anyArm, anyArm, (one, other) => {
				const there = differenceInterval(one, other);
				const back = differenceInterval(other, one);
				expect(back.low).toBeCloseTo(-there.high, 12);
				expect(back.high).toBeCloseTo(-there.low, 12);
			}),
		);
	});

	test("is narrower with more cases of the same shares", () => {
		fc.assert(
			fc.property(anyArm, anyArm, fc.integer({ min: 2, max: 50 }), (one, other, times) => {
				const more = ({ successes, cases }: typeof one) => arm(successes * times, cases * times);
				const few = differenceInterval(one, other);
				const many = differenceInterval(more(one), more(other));
				expect(many.high - many.low).toBeLessThan(few.high - few.low);
			}),
		);
	});
});
