import { describe, expect, test } from "vitest";
import { normalCdf, normalQuantile } from "./normal";

describe("normalCdf", () => {
	// Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.1: P(x) to 15 places.
	test.each([
		[0, 0.5],
		[0.5, 0.691462461274013],
		[1, 0.841344746068543],
		[1.5, 0.933192798731142],
		[2, 0.977249868051821],
		[3, 0.99865010196837],
	])("agrees with Abramowitz and Stegun's table at %d", (z, probability) => {
		expect(Math.abs(normalCdf(z) - probability)).toBeLessThan(1e-13);
		expect(Math.abs(normalCdf(-z) - (1 - probability))).toBeLessThan(1e-13);
	});

	test("keeps eight digits far out in the tail, on both branches", () => {
		expect(normalCdf(-5) / 2.866515718791939e-7).toBeCloseTo(1, 7);
		expect(normalCdf(-7) / 1.279812543885835e-12).toBeCloseTo(1, 7);
		expect(normalCdf(-8) / 6.220960574271784e-16).toBeCloseTo(1, 7);
		expect(normalCdf(-40)).toBe(0);
		expect(normalCdf(40)).toBe(1);
	});
});

describe("normalQuantile", () => {
	// The first two are the check values that Wichura's paper gives for PPND16.
	test.each([
		[0.25, -0.6744897501960817],
		[0.001, -3.090232306167814],
		[1e-20, -9.26234008979841],
		[0.5, 0],
		[0.8, 0.8416212335729143],
		[0.975, 1.959963984540054],
		[0.995, 2.5758293035489004],
	])("gives the published value at %d", (probability, z) => {
		expect(Math.abs(normalQuantile(probability) - z)).toBeLessThan(1e-12);
	});

	test("is the inverse of the distribution", () => {
		let farthest = 0;
		for (let probability = 0.0005; probability < 1; probability += 0.0005) {
			farthest = Math.max(farthest, Math.abs(normalCdf(normalQuantile(probability)) - probability));
		}
		expect(farthest).toBeLessThan(1e-14);
	});

	test("gives infinity at the ends", () => {
		expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
	});
});
