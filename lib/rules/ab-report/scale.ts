import { figureInWords, nameInWords } from "./in-words";
import type { Scale } from "./model";
import { namePartsOf } from "./name-parts";

const percentWords = new Set(["percent", "percentage", "pct", "%"]);
const shareWords = new Set(["rate", "share", "fraction", "proportion", "accuracy", "precision", "recall"]);
/** Mean verdicts of a judge: shares or scores that lie in 0…1 case by case. */
const judgedWords = new Set([
	...["correctness", "correct", "helpfulness", "faithfulness", "groundedness", "relevance", "relevancy"],
	...["completeness", "coherence", "pass", "passed", "success", "win", "refusal", "resolution", "compliance"],
	...["hallucination", "toxicity", "match", "safety", "valid", "formed", "completion", "satisfaction"],
]);
const durationWords = new Set([
	...["latency", "duration", "time", "ttft", "second", "seconds", "sec", "secs", "ms", "millis"],
	...["milliseconds", "minutes"],
]);
const costWords = new Set(["cost", "costs", "price", "usd", "eur", "dollars", "cents", "spend"]);
const countWords = new Set([
	...["count", "counts", "tokens", "token", "errors", "outputs", "timeouts", "failures", "calls", "retries"],
	...["comments", "words", "characters", "turns", "messages", "requests", "num", "number", "violations"],
	...["hallucinations", "escalations", "complaints", "regressions", "length"],
]);
/** Look like shares and are not: no share of the cases stands behind them. */
const notShareWords = new Set([
	...["f1", "auc", "roc", "bleu", "rouge", "bertscore", "perplexity", "loss", "error", "distance"],
	...[
		"similarity",
		"correlation",
		"kappa",
		"std",
		"stddev",
		"deviation",
		"variance",
		"entropy",
		"confidence",
	],
	...["drift", "p", "pvalue", "temperature", "weight", "per", "ratio", "likelihood", "logprob", "ece"],
]);

/**
 * Says what a metric's two figures are, and why. Careful: an interval for something that is no share of the
 * cases would be a false one. A mean of scores that lie in 0…1 case by case may pass for a share, since its
 * spread is at most that of a share; its interval is then wider than it has to be.
 */
export function scaleOf(name: string, baseline: number, candidate: number): Scale {
	const parts = namePartsOf(name);
	const has = (words: ReadonlySet<string>) => parts.some((part) => words.has(part));
	const values = [baseline, candidate];
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const saysPercent = has(percentWords);
	const saysShare = has(shareWords) && !parts.includes("per");
	if (saysPercent || saysShare) return percentOrRate({ name, least, most, saysPercent });
	for (const [words, kind, what] of [
		[costWords, "cost", "a cost"],
		[durationWords, "duration", "a duration"],
		[countWords, "count", "a count"],
	] as const) {
		if (has(words)) return read(kind, `Read as ${what} because its name says so.`);
	}
	if (has(notShareWords)) return read("unknown", "Its name does not say that it is a share of the cases.");
	if (has(judgedWords)) return judged({ name, least, most });
	if (least >= 0 && most <= 1 && !values.every(Number.isInteger)) {
		return read(
			"rate",
			"Read as a share of the cases because both values lie between 0 and 1; its name does not say so.",
		);
	}
	return read("unknown", "Neither its name nor its values say that it is a share of the cases.");
}

interface Range {
	name: string;
	least: number;
	most: number;
}

function percentOrRate({ name, least, most, saysPercent }: Range & { saysPercent: boolean }): Scale {
	const words = nameInWords(name);
	if (least < 0 || most > 100) {
		const wrong = figureInWords(least < 0 ? least : most);
		return impossible(`${words} is given as ${wrong}, which no rate can be.`);
	}
	if (saysPercent) {
		return most === 0 || most > 1
			? read("percent", "Read as percent because its name says so.")
			: read("unknown", `Its name says percent, but ${figureInWords(most)} may be a share as well.`);
	}
	if (most <= 1) return read("rate", "Read as a rate because its name says so and its values lie in 0 to 1.");
	if (least > 1 || least === 0) {
		return read(
			"percent",
			"Read as percent because its name says that it is a rate and its values lie above 1.",
		);
	}
	return mixed(words, least, most);
}

function judged({ name, least, most }: Range): Scale {
	if (least >= 0 && most <= 1) {
		return read("rate", "Read as a share of the cases because its values lie in 0 to 1.");
	}
	if (least < 0 || most > 100) return read("unknown", "Its values are not those of a share.");
	if (least > 0 && least < 1) return mixed(nameInWords(name), least, most);
	return most > 10
		? read("percent", "Read as percent because its values lie above 10 and not above 100.")
		: read("unknown", "Its values may be points on a scale, such as 1 to 5.");
}

function mixed(words: string, least: number, most: number): Scale {
	return impossible(
		`${words} is ${figureInWords(least)} in one arm and ${figureInWords(most)} in the other: as a rate one is too large, and that both are percent is not said.`,
	);
}

function read(kind: Scale["kind"], sentence: string): Scale {
	return { kind, sentence, isImpossible: false };
}

function impossible(sentence: string): Scale {
	return { kind: "unknown", sentence, isImpossible: true };
}
