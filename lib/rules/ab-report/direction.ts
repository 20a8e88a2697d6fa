import type { Direction } from "./model";
import { namePartsOf } from "./name-parts";

/** Say how something was measured or summed up, not what it is. */
const qualifiers = new Set([
	...["rate", "rates", "ratio", "pct", "percent", "percentage", "%", "share", "score", "avg", "average"],
	...["mean", "median", "overall", "total", "num", "number", "count", "of", "p50", "p90", "p95", "p99"],
	...["ms", "s", "sec", "secs", "seconds", "millis", "milliseconds", "minutes", "usd", "eur", "cents"],
]);
const perUnit = new Set(
	"call case conversation message query question request response run sample session task test".split(" "),
);

const higherPhrases = new Set([
	...["correctness", "correct", "accuracy", "pass", "passed", "success", "task success", "exact match"],
	...["precision", "recall", "f1", "helpfulness", "faithfulness", "groundedness", "relevance", "relevancy"],
	...["completeness", "coherence", "quality", "satisfaction", "csat", "win", "resolution", "well formed"],
	...["cases well formed", "valid json", "json valid", "schema valid", "format valid", "task completion"],
	...["instruction following", "answer relevance", "answer relevancy", "context precision", "context recall"],
]);
const lowerPhrases = new Set([
	...["latency", "duration", "response time", "time to first token", "ttft", "cost", "price", "tokens"],
	...["token", "error", "errors", "error outputs", "malformed responses", "malformed outputs", "timeout"],
	...["timeouts", "failure", "failures", "fail", "failed", "hallucination", "hallucinations", "toxicity"],
	...["violation", "violations", "policy violation", "policy violations", "regressions"],
]);
/** With a word before them they stay what they are: `routing_accuracy`, `syntax_errors`, `prompt_tokens`. */
const higherHeads = new Set(["accuracy", "correctness", "faithfulness", "helpfulness", "groundedness"]);
const lowerHeads = new Set(["latency", "cost", "tokens", "error", "errors", "timeouts", "hallucinations"]);
/** These may turn a name into its opposite, or into something else: then nobody knows. */
const turningWords = new Set([
	...[
		"not",
		"no",
		"non",
		"un",
		"in",
		"without",
		"free",
		"less",
		"lost",
		"loss",
		"drop",
		"decline",
		"decrease",
	],
	...["gap", "saved", "saving", "savings", "reduction", "reduced", "avoided", "prevented", "caught", "found"],
	...[
		"detected",
		"detection",
		"fixed",
		"handled",
		"recovered",
		"recovery",
		"budget",
		"limit",
		"max",
		"false",
	],
	...["attack", "attacker", "jailbreak", "injection", "adversarial", "leak", "cached", "cache", "expected"],
]);

/**
 * Which way of a metric is good, by its name alone. Only names that leave no doubt are known; a refusal rate
 * is not, since a refusal may be right or wrong. What is unknown is never called good or bad.
 */
export function directionOf(name: string): Direction {
	const parts = withoutUnits(namePartsOf(name));
	const phrase = parts.join(" ");
	if (higherPhrases.has(phrase)) return "higher";
	if (lowerPhrases.has(phrase)) return "lower";
	const head = parts.at(-1);
	if (head === undefined || parts.some((part) => turningWords.has(part))) return "unknown";
	if (higherHeads.has(head)) return "higher";
	return lowerHeads.has(head) ? "lower" : "unknown";
}

/** `pass_rate_1` is a pass rate, `seconds_per_case` is a duration, `tokens_per_second` is neither. */
function withoutUnits(parts: readonly string[]): string[] {
	const per = parts.indexOf("per");
	const isPerUnit = per > 0 && per === parts.length - 2 && perUnit.has(parts[per + 1] ?? "");
	const measured = isPerUnit ? parts.slice(0, per) : [...parts];
	const left = measured.filter((part) => !qualifiers.has(part) && !/^\d{1,9}$/.test(part));
	const isTime = left.length === 0 && measured.some((part) => /^(?:ms|sec|secs|seconds|millis)/.test(part));
	return isTime ? ["duration"] : left;
}

/** The direction as the page says it. */
export function directionInWords(direction: Direction): string {
	if (direction === "unknown") return "It is not known which way is better.";
	return direction === "higher" ? "Higher is better." : "Lower is better.";
}
