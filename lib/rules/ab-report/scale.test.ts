import { describe, expect, test } from "vitest";
import { scaleOf } from "./scale";

describe("scaleOf", () => {
	test.each([
		["correctness", 0.42, 0.71],
		["pass_rate", 0, 1],
		["refusal_rate", 0.06, 0.09],
		["error_rate", 0.02, 0.01],
		["on_time_rate", 0.9, 0.95],
		["engagement", 0.22, 0.25],
	])("reads %s %d → %d as a rate", (name, baseline, candidate) => {
		expect(scaleOf(name, baseline, candidate)).toMatchObject({ kind: "rate", isImpossible: false });
	});

	test.each([
		["pass_rate_1", 60.2, 60.9, "values lie above 1"],
		["accuracy", 3.8, 4.2, "values lie above 1"],
		["percent_cases_well_formed", 100, 100, "name says so"],
		["error_pct", 0, 0, "name says so"],
		["error_rate", 0, 2.5, "values lie above 1"],
		["correctness", 61, 74, "above 10"],
	])("reads %s %d → %d as percent and says why", (name, baseline, candidate, why) => {
		const scale = scaleOf(name, baseline, candidate);
		expect(scale.kind).toBe("percent");
		expect(scale.sentence).toContain("percent because");
		expect(scale.sentence).toContain(why);
	});

	test.each([
		["latency_ms", 0.8, 0.9, "duration"],
		["seconds_per_case", 10.5, 16.5, "duration"],
		["total_cost", 0.0439, 0.044, "cost"],
		["error_outputs", 0, 1, "count"],
		["syntax_errors", 0.5, 0.25, "count"],
		["tokens", 238, 171, "count"],
	])("does not take %s for a rate, whatever its values", (name, baseline, candidate, kind) => {
		expect(scaleOf(name, baseline, candidate).kind).toBe(kind);
	});

	test.each([
		["correctness", 3.8, 4.2],
		["f1", 0.6, 0.7],
		["calibration_error", 0.14, 0.17],
		["score", 61, 74],
		["escalated", 0, 1],
		["pct_valid", 0.6, 0.7],
		["tokens_to_words_ratio", 0.7, 0.8],
		["mystery", -0.2, 0.3],
	])("does not claim to know what %s %d → %d is", (name, baseline, candidate) => {
		const scale = scaleOf(name, baseline, candidate);
		expect(["unknown", "count"]).toContain(scale.kind);
		expect(scale.isImpossible).toBe(false);
	});

	test.each([
		["correctness", 0.8, 1.3],
		["pass_rate", -0.1, 0.5],
		["pass_rate", 60, 160],
		["accuracy", 0.42, 71],
	])("says that %s %d → %d cannot be", (name, baseline, candidate) => {
		expect(scaleOf(name, baseline, candidate)).toMatchObject({ kind: "unknown", isImpossible: true });
	});
});
