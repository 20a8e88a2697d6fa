import { describe, expect, test } from "vitest";
import { headlineOf } from "./headline";

describe("headlineOf", () => {
	test("prefers correctness and carries the sample size", () => {
		expect(
			headlineOf({
				cost_baseline: 1,
				cost_candidate: 2,
				correctness_baseline: 0.5,
				correctness_candidate: 0.75,
				sample_size: 40,
			}),
		).toEqual({ name: "correctness", difference: 0.25, sampleSize: 40, contradictedDelta: null });
	});

	test("without correctness prefers what is better when higher, then what has a direction at all", () => {
		const cost = { cost_baseline: 1, cost_candidate: 2 };
		const tone = { tone_baseline: 1, tone_candidate: 2 };
		expect(headlineOf({ ...tone, ...cost, pass_rate_baseline: 60, pass_rate_candidate: 61 })?.name).toBe(
			"pass_rate",
		);
		expect(headlineOf({ ...tone, ...cost })?.name).toBe("cost");
		expect(headlineOf(tone)?.name).toBe("tone");
	});

	test("carries the delta that the arms do not give", () => {
		expect(headlineOf({ x_baseline: 0.6, x_candidate: 0.5, x_delta: 0.1 })?.contradictedDelta).toBe(0.1);
		expect(
			headlineOf({ x_baseline: 0.6, x_candidate: 0.51234, x_delta: -0.088 })?.contradictedDelta,
		).toBeNull();
	});

	test("is silent about a report without a difference", () => {
		expect(headlineOf({ note: "inconclusive" })).toBeNull();
		expect(headlineOf({ x_baseline: null, x_candidate: 1 })).toBeNull();
	});
});
