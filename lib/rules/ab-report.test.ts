import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contradictionOf, headlineOf, readAbReport } from "./ab-report";

describe("readAbReport", () => {
	test("reads the known shape of the contract", () => {
		expect(
			readAbReport({
				correctness_baseline: 0.42,
				correctness_candidate: 0.71,
				correctness_delta: 0.29,
				sample_size: 80,
			}),
		).toEqual({
			metrics: [
				{
					name: "correctness",
					baseline: 0.42,
					candidate: 0.71,
					delta: 0.29,
					difference: 0.29,
					isDeltaContradicted: false,
				},
			],
			sampleSize: 80,
			rest: [],
		});
	});

	test("keeps several metrics apart and everything else as it is", () => {
		const report = readAbReport({
			latency_ms_baseline: 800,
			latency_ms_candidate: 950,
			tone_baseline: 1,
			tone_candidate: "high",
			lonely_delta: 3,
			sample_size: "eighty",
			judge: { model: "x" },
		});
		expect(report.metrics.map(({ name, difference }) => [name, difference])).toEqual([
			["latency_ms", 150],
			["tone", null],
		]);
		expect(report.sampleSize).toBeNull();
		expect(report.rest.map(({ key }) => key)).toEqual(["lonely_delta", "sample_size", "judge"]);
	});

	test("says when the report's delta is not what its own arms give", () => {
		const [metric] = readAbReport({ x_baseline: 0.6, x_candidate: 0.5, x_delta: 0.1 }).metrics;
		expect(metric?.isDeltaContradicted).toBe(true);
		const [rounded] = readAbReport({ x_baseline: 0.6, x_candidate: 0.51234, x_delta: -0.088 }).metrics;
		expect(rounded?.isDeltaContradicted).toBe(false);
	});

	test("no JSON object makes it throw, and no key is lost", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (report) => {
				const { metrics, sampleSize, rest } = readAbReport(report);
				const shown = metrics.flatMap(({ name }) =>
					["baseline", "candidate", "delta"].map((suffix) => `${name}_${suffix}`),
				);
				const known = new Set([
					...shown,
					...rest.map(({ key }) => key),
					...(sampleSize === null ? [] : ["sample_size"]),
				]);
				expect(Object.keys(report).filter((key) => !known.has(key))).toEqual([]);
				headlineOf(report);
			}),
		);
	});
});

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

	test("is silent about a report without a difference", () => {
		expect(headlineOf({ note: "inconclusive" })).toBeNull();
	});
});

describe("contradictionOf", () => {
	const fell = { correctness_baseline: 0.8, correctness_candidate: 0.6 };

	test("names a status that its own report speaks against", () => {
		expect(contradictionOf("ab_passed", fell)).toContain("correctness fell");
		expect(contradictionOf("ab_failed", { correctness_baseline: 0.6, correctness_candidate: 0.8 })).toContain(
			"rose",
		);
	});

	test("is silent where they agree, and about metrics whose good direction is not known", () => {
		expect(contradictionOf("ab_failed", fell)).toBeNull();
		expect(contradictionOf("shipped", fell)).toBeNull();
		expect(contradictionOf("ab_passed", { latency_ms_baseline: 900, latency_ms_candidate: 100 })).toBeNull();
	});
});
