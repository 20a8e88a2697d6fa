import { describe, expect, test } from "vitest";
import type { JsonObject } from "../contract/identifiers";
import { digestOf, evidenceOf } from "./queue-digest";

const texts = {
	current_prompt: "Answer in {{language}}.\nNever promise a refund.\nBe short.",
	proposed_prompt: "Answer in the customer's language.\nBe short and kind.",
	rationale: "Fewer refunds.",
	status: "ab_passed",
};
const metric = (name: string, baseline: unknown, candidate: unknown): JsonObject => ({
	[`${name}_baseline`]: baseline,
	[`${name}_candidate`]: candidate,
	sample_size: 80,
});

describe("digestOf", () => {
	test("counts the words of the change and names the worst finding", () => {
		const digest = digestOf(texts);
		expect([digest.wordsAdded, digest.wordsRemoved]).toEqual([4, 4]);
		expect(digest.findings).toBeGreaterThan(1);
		expect(digest.worstSeverity).toBe("severe");
		expect(digest.worstSentence).toMatch(/^[^\n]*language[^\n]*\.$/);
	});

	test("finds nothing in a change that is none", () => {
		expect(digestOf({ ...texts, proposed_prompt: texts.current_prompt })).toMatchObject({
			wordsAdded: 0,
			wordsRemoved: 0,
			findings: 0,
			worstSeverity: null,
			worstSentence: null,
		});
	});

	test("heeds the rationale, as the check of the size of a change does", () => {
		const words = (from: number) => Array.from({ length: 60 }, (_, index) => `w${from + index}`).join(" ");
		const change = { current_prompt: words(0), proposed_prompt: words(100), status: "proposed" };
		const silent = digestOf({ ...change, rationale: "Better." });
		const told = digestOf({ ...change, rationale: words(0) });
		expect(silent.findings).toBe(told.findings + 1);
	});

	test("cuts a sentence to 300 characters that a database can store", () => {
		const name = `{{${"x🙂".repeat(400)}}}`;
		const { worstSentence } = digestOf({ ...texts, current_prompt: `A ${name} b.`, proposed_prompt: "A b." });
		expect(worstSentence?.length ?? 0).toBeLessThanOrEqual(300);
		expect(worstSentence?.isWellFormed() ?? true).toBe(true);
	});
});

describe("evidenceOf", () => {
	test.each<[string, JsonObject | null, string, number | null]>([
		["no report", null, "untested", null],
		["an empty report", {}, "none", null],
		["a rate that rose", metric("correctness", 0.42, 0.71), "better", 0.29],
		["percent that rose", metric("pass_rate", 40, 69), "better", 0.29],
		["a rate that fell where less is better", metric("error_rate", 0.71, 0.42), "better", 0.29],
		["a rate that rose where less is better", metric("error_rate", 0.42, 0.71), "worse", -0.29],
		["a duration that fell", metric("latency_ms", 200, 150), "none", 0.25],
		["a cost that rose", metric("cost_usd", 2, 3), "none", -0.5],
		["a duration of nothing at first", metric("latency_ms", 0, 150), "none", null],
		["no change", metric("correctness", 0.5, 0.5), "not-shown", 0],
		["a metric of unknown direction", metric("tone", 0.4, 0.7), "none", null],
		["what is no number", metric("correctness", "good", 0.7), "none", null],
		["what no rate can be", metric("accuracy", 0.8, 1.3), "contradictory", null],
	])("says of %s what it shows", (_name, report, verdict, effect) => {
		expect(evidenceOf({ ab_report: report, status: "shipped" })).toEqual({ verdict, effect });
	});

	test("judges in the light of the state", () => {
		const ab_report = metric("correctness", 0.42, 0.71);
		expect(evidenceOf({ ab_report, status: "ab_failed" }).verdict).toBe("contradictory");
		expect(evidenceOf({ ab_report, status: "rejected" }).verdict).toBe("better");
	});

	test("speaks of the metric that the headline speaks of", () => {
		const report = { ...metric("latency_ms", 100, 50), ...metric("correctness", 0.5, 0.25) };
		expect(evidenceOf({ ab_report: report, status: "shipped" }).effect).toBe(-0.25);
	});
});
