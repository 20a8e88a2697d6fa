import { describe, expect, test } from "vitest";
import { directionInWords, directionOf } from "./direction";

describe("directionOf", () => {
	test.each([
		...["correctness", "accuracy", "pass_rate", "pass_rate_1", "passRate", "f1", "exact_match", "win_rate"],
		...["percent_cases_well_formed", "routing_accuracy", "helpfulness_score", "segments.de.correctness"],
	])("knows that more %s is better", (name) => expect(directionOf(name)).toBe("higher"));

	test.each([
		...["latency_ms", "p95_latency", "seconds_per_case", "total_cost", "cost_usd", "costPerCall", "tokens"],
		...["prompt_tokens", "error_rate", "error_outputs", "syntax_errors", "test_timeouts", "toxicity"],
	])("knows that less %s is better", (name) => expect(directionOf(name)).toBe("lower"));

	test.each([
		...["refusal_rate", "engagement", "length", "tone", "lazy_comments", "time", "result", "", "42"],
		...["attack_success_rate", "jailbreak_success", "accuracy_loss", "accuracy_drop", "error_free_rate"],
		...["tokens_per_second", "tokens_saved", "cost_savings", "max_tokens", "latency_budget", "cached_tokens"],
		...["correctness.votes", "false_accuracy", "errors_caught", "__proto__", "constructor"],
	])("does not guess about %s", (name) => expect(directionOf(name)).toBe("unknown"));

	test("looks up no name that is a page long", () => {
		for (const name of [
			"a".repeat(200_000),
			"_".repeat(200_000),
			"aA".repeat(100_000),
			"accuracy ".repeat(25_000),
		]) {
			expect(directionOf(name)).toBe("unknown");
		}
	});

	test("says in words what is known", () => {
		expect(directionInWords("higher")).toBe("Higher is better.");
		expect(directionInWords("lower")).toBe("Lower is better.");
		expect(directionInWords("unknown")).toContain("not known");
	});
});
