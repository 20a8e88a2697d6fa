import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../contract/identifiers";
import { assessAbReport } from "./assess";

const verdictOf = (report: JsonObject, status = "shipped") => assessAbReport(report, status).verdict;
const metric = (name: string, baseline: number, candidate: number): JsonObject => ({
	[`${name}_baseline`]: baseline,
	[`${name}_candidate`]: candidate,
});

describe("judgeReport", () => {
	test("says better, and what it rests on", () => {
		const verdict = verdictOf({ ...metric("correctness", 0.42, 0.71), sample_size: 80 });
		expect(verdict).toEqual({
			kind: "better",
			sentence:
				"Better: correctness rose by 0.29 (95 % interval +0.13 to +0.42, p < 0.001, 80 cases in each arm).",
			restsOn: ["correctness"],
			notJudged: [],
		});
	});

	test("says worse, and names what it did not judge", () => {
		const report = {
			...metric("error_rate", 2, 30),
			...metric("latency_ms", 9, 8),
			...metric("tone", 1, 2),
			n: 100,
		};
		expect(verdictOf(report)).toMatchObject({
			kind: "worse",
			sentence: expect.stringMatching(/^Worse: error rate rose by 28 points .*; not judged: latency ms\.$/),
			notJudged: ["latency_ms", "tone"],
		});
	});

	test("tells what moved without a known direction, beside the verdict and not in it", () => {
		const report = {
			...metric("correctness", 0.62, 0.71),
			...metric("refusal_rate", 0.02, 0.11),
			sample_size: 140,
		};
		expect(verdictOf(report)).toMatchObject({
			kind: "not-shown",
			sentence: expect.stringMatching(
				/test of this size\. Also told from chance: refusal rate rose by 0\.09 \(.*\); whether that is good is not known\.$/,
			),
			restsOn: ["correctness"],
			notJudged: ["refusal_rate"],
		});
	});

	test("says mixed when both were shown", () => {
		const report = { ...metric("correctness", 0.4, 0.8), ...metric("helpfulness", 0.9, 0.5), n: 100 };
		expect(verdictOf(report)).toMatchObject({ kind: "mixed", restsOn: ["correctness", "helpfulness"] });
	});

	test("says that a small sample shows nothing, and what it could have shown", () => {
		const verdict = verdictOf({ ...metric("correctness", 0.6, 0.65), sample_size: 80 });
		expect(verdict.kind).toBe("not-shown");
		expect(verdict.sentence).toContain("−0.098 to +0.2");
		expect(verdict.sentence).toContain("a rise of less than 0.2 is often missed");
		const high = verdictOf({ ...metric("correctness", 0.95, 1), sample_size: 30 });
		expect(high.sentence).toContain("even a rise to 1 is often missed");
	});

	test("does not call a difference shown that rounding alone may have made", () => {
		expect(verdictOf({ ...metric("correctness", 0.42, 0.43), n: 100_000 }).kind).toBe("not-shown");
		expect(verdictOf({ ...metric("correctness", 0.4213, 0.4339), n: 100_000 }).kind).toBe("better");
	});

	test("does not call better what only a metric of unknown direction shows", () => {
		expect(verdictOf({ ...metric("refusal_rate", 0.02, 0.6), n: 100 }).kind).toBe("none");
		const both = { ...metric("refusal_rate", 0.02, 0.6), ...metric("correctness", 0.5, 0.5), n: 100 };
		expect(verdictOf(both)).toMatchObject({ kind: "not-shown", restsOn: ["correctness"] });
	});

	test("corrects for the number of metrics: what one alone would show is not shown among many", () => {
		const alone = { ...metric("correctness", 0.5, 0.65), n: 100 };
		const others = ["accuracy", "recall", "precision", "coherence"].map((name) => metric(name, 0.5, 0.5));
		expect(verdictOf(alone).kind).toBe("better");
		const many = assessAbReport(Object.assign({ ...alone }, ...others), "shipped");
		expect(many.verdict.kind).toBe("not-shown");
		expect(many.metrics[0]?.remarks.join(" ")).toContain("corrected for their number");
	});

	test("puts a contradiction before the figures", () => {
		const rose = { ...metric("correctness", 0.42, 0.71), sample_size: 80 };
		expect(verdictOf(rose, "ab_failed")).toMatchObject({
			kind: "contradictory",
			sentence: "Contradictory: the status says that the test failed, but in the report correctness rose.",
			restsOn: ["correctness"],
		});
		expect(verdictOf({ ...rose, correctness_delta: -0.29 }).kind).toBe("contradictory");
		expect(verdictOf({ ...rose, ...metric("accuracy", 0.5, 1.7) }).kind).toBe("contradictory");
		expect(verdictOf(rose, "ab_passed").kind).toBe("better");
	});

	test.each<[string, JsonObject, string]>([
		["there is no metric", { note: "fine" }, "holds no metric"],
		["no sample size is given", metric("correctness", 0.4, 0.7), "does not say how many cases"],
		["it is no rate", { ...metric("latency_ms", 900, 100), n: 80 }, "only a share of the cases"],
		["no direction is known", { ...metric("tone", 0.4, 0.7), n: 80 }, "which way is better"],
	])("says that there is nothing to judge where %s", (_, report, why) => {
		expect(verdictOf(report)).toMatchObject({ kind: "none", sentence: expect.stringContaining(why) });
	});
});

describe("a coding benchmark in percent", () => {
	const benchmark = (baseline: number, candidate: number): JsonObject => ({
		...metric("pass_rate_1", baseline, candidate),
		pass_rate_1_delta: Number((candidate - baseline).toFixed(1)),
		...metric("percent_cases_well_formed", 100, 100),
		...metric("seconds_per_case", 11, 12.5),
		...metric("total_cost", 1.61, 1.59),
		...metric("syntax_errors", 0, 2),
		...metric("lazy_comments", 0, 0),
		sample_size: 133,
		baseline_run: "run-1",
		candidate_run: "run-2",
		edit_format: { baseline: "Markdown", candidate: "JSON" },
	});
	const made: [string, JsonObject, string][] = [
		["a point up", benchmark(60.2, 60.9), "not-shown"],
		["six points down", benchmark(60.2, 54.1), "not-shown"],
		["no change", benchmark(57.1, 57.1), "not-shown"],
		["thirty points up", benchmark(30.1, 60.2), "better"],
		["thirty points down", benchmark(60.2, 30.1), "worse"],
	];
	// The real file is third-party data and not part of the project; checked by hand, none of its 20 shows anything.
	const file = process.env.COUNTERSIGN_REAL_AB_REPORTS;
	const real =
		file === undefined
			? []
			: readFileSync(file, "utf8")
					.split("\n")
					.filter((line) => line !== "");
	const fromFile = real.map((line, index): [string, JsonObject, string] => [
		`line ${index + 1} of the real file`,
		JSON.parse(line).ab_report,
		"not-shown",
	]);

	test.each([...made, ...fromFile])("with %s is read as a whole and judged", (_, report, kind) => {
		const { verdict, metrics, inconsistencies, report: read } = assessAbReport(report, "shipped");
		expect(verdict.kind).toBe(kind);
		expect(inconsistencies).toEqual([]);
		expect(metrics.filter(({ scale }) => scale.kind === "percent").map((one) => one.metric.name)).toEqual([
			"pass_rate_1",
			"percent_cases_well_formed",
		]);
		expect(read.rest.map(({ key }) => key)).toEqual(
			Object.keys(report).filter((key) => /_run$|^edit_format$|^model$/.test(key)),
		);
	});
});
