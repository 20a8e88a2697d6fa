import type { ScoreDelta } from "@/lib/contract/remediation";
import type { EvaluationRule } from "./rule";

/** How an answer compares with the one before. */
export interface Evaluation {
	/** Empty where no rules are configured. */
	scoreDeltas: ScoreDelta[];
	/** Sentences for people. */
	summary: string;
}

const citation = /\[\^?\d{1,4}\]|【\d{1,4}|https?:\/\/[^\s/]/;

/** 1 when the text meets the rule, 0 when it does not. A text that is not there meets none. */
function scoreOf(rule: EvaluationRule, text: string | null): 0 | 1 {
	return text !== null && isMet(rule, text) ? 1 : 0;
}

function isMet(rule: EvaluationRule, text: string): boolean {
	switch (rule.type) {
		case "contains":
			return contains(text, rule);
		case "not_contains":
			return !contains(text, rule);
		case "max_length":
			return text.length <= rule.characters;
		case "is_json":
			return isJson(text);
		case "has_citation":
			return citation.test(text);
	}
}

function contains(text: string, rule: { text: string; ignore_case: boolean }): boolean {
	if (!rule.ignore_case) return text.includes(rule.text);
	return text.toLowerCase().includes(rule.text.toLowerCase());
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/**
 * Compares a new answer with the one before: each rule's score of the two, and the difference in sentences.
 * It is the same for the same texts, and knows no meaning.
 */
export function evaluate(
	rules: readonly EvaluationRule[],
	original: string | null,
	answer: string,
): Evaluation {
	const scoreDeltas = rules.map((rule): ScoreDelta => {
		const [before, after] = [scoreOf(rule, original), scoreOf(rule, answer)];
		return {
			eval_rule_id: rule.id,
			rule_name: rule.name,
			original_score: before,
			remediated_score: after,
			delta: after - before,
		};
	});
	return { scoreDeltas, summary: `${comparison(original, answer)} ${scoring(scoreDeltas)}` };
}

function comparison(original: string | null, answer: string): string {
	if (original === null) return `The span had no answer; now it has one of ${words(answer)}.`;
	if (original === answer) return "The answer is the same, character for character.";
	return `The answer is another one, of ${words(answer)} instead of ${words(original)}.`;
}

function words(text: string): string {
	const count = text.split(/\s+/).filter((word) => word !== "").length;
	return count === 1 ? "1 word" : `${count} words`;
}

function scoring(deltas: readonly ScoreDelta[]): string {
	if (deltas.length === 0) return "No evaluation rules are configured, so nothing was scored.";
	const before = deltas.filter(({ original_score }) => original_score === 1).length;
	const after = deltas.filter(({ remediated_score }) => remediated_score === 1).length;
	const rules = deltas.length === 1 ? "the 1 rule" : `${deltas.length} rules`;
	return `It meets ${after} of ${rules}, the one before met ${before}.`;
}
