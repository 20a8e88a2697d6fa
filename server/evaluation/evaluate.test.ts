import { describe, expect, test } from "vitest";
import { promisedScoreDeltaSchema } from "@/lib/contract/remediation";
import { evaluate } from "./evaluate";
import { type EvaluationRule, evaluationRulesSchema } from "./rule";

const id = "11111111-2222-4333-8444-555555555555";
/** 1 where the text meets the rule. */
function scoreOf(rule: object, text: string): number | undefined {
	const rules = evaluationRulesSchema.parse([{ id, name: "Rule", ...rule }]);
	return evaluate(rules, "", text).scoreDeltas[0]?.remediated_score;
}

describe("a rule", () => {
	test.each<[object, string, string]>([
		[{ type: "contains", text: "202 cm" }, "It is 202 cm high.", "It is 202 CM high."],
		[{ type: "contains", text: "sorry", ignore_case: true }, "Sorry.", "No."],
		[{ type: "not_contains", text: "Friday" }, "In ten days.", "By Friday."],
		[{ type: "not_contains", text: "friday", ignore_case: true }, "In ten days.", "By Friday."],
		[{ type: "max_length", characters: 3 }, "abc", "abcd"],
		[{ type: "is_json" }, '{"a":[1]}', '{"a":[1]} Done.'],
		[{ type: "has_citation" }, "It may [1].", "It may [sic]."],
		[{ type: "has_citation" }, "See https://example.com.", "See https:// there."],
		[{ type: "has_citation" }, "【4†source】", "4"],
	])("%j is met by %j and not by %j", (rule, meets, fails) => {
		expect([scoreOf(rule, meets), scoreOf(rule, fails)]).toEqual([1, 0]);
	});

	test.each<[string, unknown]>([
		["an id that is none", [{ id: "1", name: "A", type: "is_json" }]],
		["one id twice", [1, 2].map(() => ({ id, name: "A", type: "is_json" }))],
		["a kind nobody knows", [{ id, name: "A", type: "is_nice" }]],
		["a field nobody knows", [{ id, name: "A", type: "is_json", text: "x" }]],
		["a text that is empty", [{ id, name: "A", type: "contains", text: "" }]],
		["no list", { id }],
	])("with %s is refused", (_name, rules) => {
		expect(evaluationRulesSchema.safeParse(rules).success).toBe(false);
	});
});

describe("evaluate", () => {
	const rules: EvaluationRule[] = evaluationRulesSchema.parse([
		{ id, name: "Names the size", type: "contains", text: "202" },
		{ id: id.replace("1", "2"), name: "Is short", type: "max_length", characters: 20 },
	]);

	test("says of each rule what the two answers score", () => {
		const { scoreDeltas, summary } = evaluate(rules, "I am unsure.", "It is 202 cm high, and 80 cm wide.");
		expect(scoreDeltas).toEqual([
			{ eval_rule_id: id, rule_name: "Names the size", original_score: 0, remediated_score: 1, delta: 1 },
			expect.objectContaining({ rule_name: "Is short", original_score: 1, remediated_score: 0, delta: -1 }),
		]);
		for (const delta of scoreDeltas) expect(promisedScoreDeltaSchema.safeParse(delta).success).toBe(true);
		expect(summary).toBe(
			"The answer is another one, of 9 words instead of 3 words. It meets 1 of 2 rules, the one before met 1.",
		);
	});

	test("an answer that is not there meets no rule, not even one of what must not be in it", () => {
		const { scoreDeltas, summary } = evaluate(rules, null, "202");
		expect(scoreDeltas.map(({ original_score }) => original_score)).toEqual([0, 0]);
		expect(summary).toContain("The span had no answer; now it has one of 1 word.");
	});

	test("without rules nothing is scored, and it says so", () => {
		expect(evaluate([], "Same.", "Same.")).toEqual({
			scoreDeltas: [],
			summary:
				"The answer is the same, character for character. No evaluation rules are configured, so nothing was scored.",
		});
	});
});
