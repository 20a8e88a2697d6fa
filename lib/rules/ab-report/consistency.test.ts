import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../contract/identifiers";
import { assessAbReport } from "./assess";
import { contradictionOf } from "./consistency";

const sentencesOf = (report: JsonObject, status = "shipped") =>
	assessAbReport(report, status).inconsistencies.map(({ sentence }) => sentence);
const isContradictory = (report: JsonObject, status = "shipped") =>
	assessAbReport(report, status).inconsistencies.some((one) => one.isContradiction);
const correctness = (baseline: unknown, candidate: unknown, more: JsonObject = {}): JsonObject => ({
	correctness_baseline: baseline,
	correctness_candidate: candidate,
	...more,
});

describe("contradictionOf", () => {
	test("names a status that its own report speaks against", () => {
		expect(contradictionOf("ab_passed", correctness(0.8, 0.6))).toBe(
			"The status says that the test was passed, but in the report correctness fell.",
		);
		expect(contradictionOf("ab_failed", correctness(0.42, 0.71, { sample_size: 80 }))).toBe(
			"The status says that the test failed, but in the report correctness rose.",
		);
		const slower = { latency_ms_baseline: 100, latency_ms_candidate: 900 };
		expect(contradictionOf("ab_passed", slower)).toContain("latency ms rose");
	});

	test("says where chance may explain it, and does not make a contradiction of that", () => {
		const fell = correctness(0.86, 0.85, { sample_size: 130 });
		expect(contradictionOf("ab_passed", fell)).toContain("fell, which may be chance.");
		expect(isContradictory(fell, "ab_passed")).toBe(false);
		const rose = correctness(0.86, 0.87, { sample_size: 130 });
		expect(contradictionOf("ab_failed", rose)).toContain("rose, which may be chance.");
		expect(isContradictory(rose, "ab_failed")).toBe(false);
	});

	test("does not wonder at a failed test in which something else was shown to be worse", () => {
		const report = correctness(0.42, 0.71, { helpfulness_baseline: 0.8, helpfulness_candidate: 0.4, n: 80 });
		expect(contradictionOf("ab_failed", report)).toBeNull();
	});

	test("is silent where they agree, and about metrics whose good direction is not known", () => {
		const fell = correctness(0.8, 0.6);
		expect(contradictionOf("ab_failed", fell)).toBeNull();
		expect(contradictionOf("shipped", fell)).toBeNull();
		expect(contradictionOf("ab_passed", correctness(0.8, 0.8))).toBeNull();
		const faster = { latency_ms_baseline: 900, latency_ms_candidate: 100 };
		expect(contradictionOf("ab_passed", faster)).toBeNull();
		expect(contradictionOf("ab_passed", { tone_baseline: 0.9, tone_candidate: 0.1 })).toBeNull();
	});
});

describe("findInconsistencies", () => {
	test("says when a delta is not what the arms give, and what it is read as", () => {
		const wrong = correctness(0.6, 0.5, { correctness_delta: 0.1 });
		expect(sentencesOf(wrong)).toEqual([
			"The report gives the delta of correctness as +0.1, and candidate − baseline is −0.1.",
		]);
		expect(isContradictory(wrong)).toBe(true);
		const relative = correctness(0.42, 0.71, { correctness_delta: 0.69 });
		expect(sentencesOf(relative)[0]).toContain("is read as the relative change");
		expect(isContradictory(relative)).toBe(false);
		expect(isContradictory({ tone_baseline: 1, tone_candidate: 2, tone_delta: 3 })).toBe(false);
	});

	test.each<[string, JsonObject, string]>([
		["a rate above 1", correctness(0.8, 1.3), "as a rate one is too large"],
		["a rate below 0", { pass_rate_baseline: -0.1, pass_rate_candidate: 0.2 }, "−0.1, which no rate can be"],
		["a negative count", { errors_baseline: 2, errors_candidate: -1 }, "a count cannot be negative"],
		[
			"the text NaN",
			correctness("NaN", 0.5),
			"correctness of the baseline is the text “NaN”, which is no number.",
		],
		["infinity", correctness(0.5, Infinity), "is not a finite number, which is no number"],
		["a null arm", correctness(null, 0.5), "correctness has no value for the baseline."],
		["a missing arm", { correctness_baseline: 0.5, correctness_delta: 0.1 }, "no value for the candidate"],
		["a lonely arm", { correctness_baseline: 0.5 }, "has a baseline and nothing to compare it with"],
		[
			"a delta in words",
			correctness(0.5, 0.6, { correctness_delta: "up" }),
			"delta of correctness is the text “up”",
		],
		["no cases", correctness(0.5, 0.6, { sample_size: 0 }), "sample size is 0, which is no number of cases."],
		["a broken size", correctness(0.5, 0.6, { n: 7.5 }), "n is 7.5, which is no number of cases."],
		["a size in words", correctness(0.5, 0.6, { n: "eighty" }), "n is the text “eighty”, which is no number"],
		[
			"two sizes",
			correctness(0.5, 0.6, { n: 80, sample_size: 90 }),
			"80 is used, and there is 90 (sample size)",
		],
		[
			"unequal arms",
			correctness(0.5, 0.6, { n_baseline: 80, n_candidate: 70 }),
			"80 in the baseline, 70 in the",
		],
		[
			"a repeated metric",
			correctness(0.5, 0.6, { correctness: { baseline: 1, candidate: 0 } }),
			"is given twice",
		],
	])("says %s in a sentence", (_, report, words) => {
		const sentences = sentencesOf(report);
		expect(sentences.join("\n")).toContain(words);
		for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
	});

	test.each<[string, JsonObject]>([
		["a sound report", correctness(0.42, 0.71, { correctness_delta: 0.29, sample_size: 80 })],
		[
			"percent",
			{ pass_rate_baseline: 60.2, pass_rate_candidate: 60.9, pass_rate_delta: 0.7, sample_size: 133 },
		],
		["a rounded delta", { latency_ms_baseline: 812.4, latency_ms_candidate: 955.1, latency_ms_delta: 143 }],
		["text beside the figures", { baseline_run: "a", candidate_run: "b", model: "m", prompt_change: 3 }],
		["an empty report", {}],
		["sizes that agree", correctness(0.5, 0.6, { sample_size: 80, n: 80 })],
		["a place instead of a list of cases", correctness(0.5, 0.6, { examples: "see the annex", n: 80 })],
		["settings of the judge", correctness(0.5, 0.6, { n: 80, judge: { n: 0, samples: "x" } })],
	])("accuses nothing in %s", (_, report) => {
		expect(sentencesOf(report)).toEqual([]);
	});
});
