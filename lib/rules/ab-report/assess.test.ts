import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../contract/identifiers";
import { assessAbReport } from "./assess";

const metric = (name: string, baseline: unknown, candidate: unknown): JsonObject => ({
	[`${name}_baseline`]: baseline,
	[`${name}_candidate`]: candidate,
});
const statuses = fc.constantFrom("proposed", "ab_passed", "ab_failed", "shipped", "made_up");

function expectSound(report: JsonObject, status: string): void {
	const { metrics, verdict, inconsistencies } = assessAbReport(report, status);
	for (const one of metrics) {
		for (const pValue of [one.pValue, one.adjustedPValue]) {
			if (pValue === null) continue;
			expect(pValue).toBeGreaterThanOrEqual(0);
			expect(pValue).toBeLessThanOrEqual(1);
		}
		if (one.direction === "unknown") expect(["same", "unclear"]).toContain(one.movement);
		expect(one.interval === null).toBe(one.whyNot !== null);
		if (one.interval === null) continue;
		const unit = one.scale.kind === "percent" ? 100 : 1;
		const difference = one.metric.difference ?? Number.NaN;
		expect(one.interval.low).toBeGreaterThanOrEqual(-unit);
		expect(one.interval.low).toBeLessThanOrEqual(difference + 1e-9 * unit);
		expect(one.interval.high).toBeGreaterThanOrEqual(difference - 1e-9 * unit);
		expect(one.interval.high).toBeLessThanOrEqual(unit);
	}
	const sentences = [verdict.sentence, ...inconsistencies.map(({ sentence }) => sentence)];
	for (const sentence of sentences) expect(sentence).toMatch(/\.$/s);
}

describe("assessAbReport", () => {
	test("calculates all that can be said of one rate", () => {
		const report = { ...metric("correctness", 0.42, 0.71), correctness_delta: 0.29, sample_size: 80 };
		const { metrics, assumption } = assessAbReport(report, "ab_passed");
		expect(metrics[0]).toMatchObject({
			direction: "higher",
			movement: "better",
			isShown: true,
			whyNot: null,
			scale: { kind: "rate" },
		});
		expect(metrics[0]?.relativeChange).toBeCloseTo(0.6905, 4);
		// 34 of 80 against 57 of 80.
		expect(metrics[0]?.interval?.low).toBeCloseTo(0.1345, 4);
		expect(metrics[0]?.interval?.high).toBeCloseTo(0.4223, 4);
		expect(metrics[0]?.detectable?.rise).toBeCloseTo(0.22, 2);
		expect(assumption).toBe(
			"80 cases in each arm, compared as if the two arms were different cases; a replay of the same cases is paired, so the true interval is as a rule narrower.",
		);
	});

	test("gives percent in points and says why it is read so", () => {
		const { metrics } = assessAbReport({ ...metric("pass_rate_1", 60.2, 54.1), sample_size: 133 }, "shipped");
		// 80 of 133 against 72 of 133.
		expect(metrics[0]?.interval?.low).toBeCloseTo(-17.61, 2);
		expect(metrics[0]?.interval?.high).toBeCloseTo(5.81, 2);
		expect(metrics[0]?.remarks[0]).toContain("Read as percent because");
	});

	test("says why a metric has no interval, and makes no assumption where none is used", () => {
		const report = {
			...metric("latency_ms", 800, 950),
			...metric("tone", "low", 2),
			...metric("correctness", 0.4, 0.5),
		};
		const { metrics, assumption } = assessAbReport(report, "shipped");
		expect(metrics.map(({ whyNot }) => whyNot)).toEqual([
			"No interval for latency ms: only a share of the cases has one here. Read as a duration because its name says so.",
			"No interval for tone: it has no number in both arms.",
			"No interval for correctness: the report does not say how many cases it rests on.",
		]);
		expect(assumption).toBeNull();
	});

	test("says when interval and p-value differ at the line, and does not count it as shown", () => {
		const { metrics, verdict } = assessAbReport({ ...metric("correctness", 0.2, 0.5), n: 20 }, "shipped");
		expect(metrics[0]?.interval?.low).toBeGreaterThan(0);
		expect(metrics[0]?.pValue).toBeGreaterThan(0.05);
		expect(metrics[0]?.remarks.join(" ")).toContain(
			"Borderline: the interval leaves out zero, but p = 0.057",
		);
		expect(verdict.kind).toBe("not-shown");
	});

	test("says when a rate is not a whole number of cases", () => {
		const { metrics } = assessAbReport({ ...metric("correctness", 0.413, 0.7), n: 40 }, "shipped");
		expect(metrics[0]?.remarks.join(" ")).toContain("0.413, is not a whole number of 40 cases (16.52)");
	});

	test("is sound for every report of rates", () => {
		const rate = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => Number(value.toFixed(3)));
		const size = fc.integer({ min: 1, max: 3000 });
		fc.assert(
			fc.property(
				rate,
				rate,
				size,
				size,
				statuses,
				(baseline, candidate, n_baseline, n_candidate, status) => {
					expectSound({ ...metric("correctness", baseline, candidate), n_baseline, n_candidate }, status);
					const percent = metric("pass_rate", 100 * baseline, 100 * candidate);
					expectSound({ ...percent, n_baseline, n_candidate }, status);
				},
			),
		);
	});

	test("is mirrored when the arms change places", () => {
		const rate = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
		fc.assert(
			fc.property(rate, rate, fc.integer({ min: 1, max: 2000 }), (one, other, n) => {
				const [there] = assessAbReport({ ...metric("correctness", one, other), n }, "shipped").metrics;
				const [back] = assessAbReport({ ...metric("correctness", other, one), n }, "shipped").metrics;
				expect(back?.interval?.low).toBeCloseTo(-(there?.interval?.high ?? Number.NaN), 9);
				expect(back?.pValue).toBeCloseTo(there?.pValue ?? Number.NaN, 9);
				expect(back?.isShown).toBe(there?.isShown);
			}),
		);
	});

	test("compares 300 metrics, says that there are more, and calls nothing better then", () => {
		const named = (count: number) =>
			Object.fromEntries(
				Array.from({ length: count }, (_, index) => [
					[`m${index}_accuracy_baseline`, 0.4],
					[`m${index}_accuracy_candidate`, 0.9],
				]).flat(),
			);
		const whole = assessAbReport({ sample_size: 400, ...named(300) }, "ab_passed");
		expect(whole.metrics).toHaveLength(300);
		expect(whole.verdict.kind).toBe("better");
		const more = assessAbReport({ sample_size: 400, ...named(20_000) }, "ab_passed");
		expect(more.metrics).toHaveLength(300);
		expect(more.verdict.kind).toBe("contradictory");
		expect(more.report.rest).toHaveLength(2 * 19_700);
		expect(more.inconsistencies.map(({ sentence }) => sentence)).toEqual([
			"The report holds more than 300 metrics. The first 300 are compared; whether one of the others got worse is not known.",
		]);
	});

	test("throws at no JSON and at nothing else", () => {
		fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), statuses, expectSound));
		const key = fc.constantFrom(
			"correctness_baseline",
			"correctness_candidate",
			"correctness_delta",
			"n",
			"x",
		);
		fc.assert(
			fc.property(fc.dictionary(key, fc.anything({ withNullPrototype: true })), statuses, expectSound),
		);
	});

	test("gives data that JSON carries unchanged", () => {
		const report = {
			...metric("correctness", 0.9, 1),
			...metric("tone", null, "x"),
			n: 30,
			more: [1, { a: 2 }],
		};
		const assessment = assessAbReport(report, "ab_passed");
		const carried = JSON.parse(JSON.stringify(assessment));
		expect(carried.metrics).toEqual(JSON.parse(JSON.stringify(assessment.metrics)));
		expect(JSON.stringify(carried)).not.toContain("undefined");
	});

	// No time is asserted: what takes more than linear time here does not end before the test's own limit.
	test.each<[string, () => unknown, string]>([
		["5,000 metrics of huge samples", () => manyMetrics(5_000), "contradictory"],
		[
			"a report 100,000 levels deep",
			() => JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`),
			"none",
		],
		[
			"names of 200 KB",
			() => ({ ...metric("a".repeat(200_000), 0.1, 0.2), ...metric("_A".repeat(100_000), 1, 2) }),
			"none",
		],
		[
			"a list of 10,000 metrics of one name",
			() => ({
				metrics: Array.from({ length: 10_000 }, (_, candidate) => ({
					name: "tokens",
					baseline: 1,
					candidate,
				})),
			}),
			"contradictory",
		],
	])("comes to an end with %s", (_, make, kind) => {
		expect(assessAbReport(make() as JsonObject, "ab_passed").verdict.kind).toBe(kind);
	});
});

function manyMetrics(count: number): JsonObject {
	const report: JsonObject = { sample_size: 700_000 };
	for (let index = 0; index < count; index += 1) Object.assign(report, metric(`m${index}_rate`, 0.5, 0.501));
	return report;
}
