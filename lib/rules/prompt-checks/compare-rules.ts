import type { Rule } from "./read-rule";
import type { RuleWordKind } from "./rule-words";

/** How a rule of the current prompt lost strength in its counterpart. */
export interface Weakening {
	/** `opposite`: it asks for what was forbidden, or the other way round. */
	kind: "opposite" | "weaker" | "number";
	/** Follows a colon: `“must” became “should”`. Without a full stop. */
	what: string;
}

/** From here on the two speak of one thing, so that a missing word is a lost word and not another sentence. */
const sameThing = 0.75;
const strongKinds = ["must", "forbid", "only", "comply", "firm", "secret", "exactly"] as const;

/**
 * What the counterpart lost, or null where it is as strong. `coverage` is the part of the rule's content that
 * the counterpart has (0 to 1): the less it has, the less may be concluded from what it does not say.
 *
 * A plain order ("Reply in English") is as strong as one with `must` or `always`: prompts drop those words and
 * mean the same. A stricter number is reported too: which of two numbers is stricter, words do not tell.
 */
export function compareRules(rule: Rule, counterpart: Rule, coverage: number): Weakening | null {
	return (
		opposite(rule, counterpart, coverage) ??
		weakened(rule, counterpart, coverage) ??
		opened(rule, counterpart) ??
		numberChanged(rule, counterpart, coverage)
	);
}

function opposite(rule: Rule, counterpart: Rule, coverage: number): Weakening | null {
	if (coverage < sameThing) return null;
	const [own, other] = [rule.words, counterpart.words];
	const result: Weakening = { kind: "opposite", what: "the proposed prompt says the opposite" };
	const forbids = own.has("forbid") || (own.has("avoid") && !own.has("must"));
	if (
		forbids &&
		!counterpart.isNegative &&
		!other.has("only") &&
		!other.has("except") &&
		!other.has("firm")
	) {
		if (rule.isInherited)
			return { kind: "weaker", what: `it no longer stands under “${own.get("forbid") ?? ""}”` };
		// Stated as a fact: "Prices cannot be changed" against "Prices change".
		if (rule.isStatement) return null;
		const isSameVerb = rule.forbidden !== null && counterpart.stems.includes(rule.forbidden);
		const isBare = rule.forbidden === null && coverage >= 0.85;
		if (isSameVerb || isBare) return result;
	}
	const obliges = (own.has("must") || own.has("should")) && !rule.isNegative;
	if (obliges && rule.obliged !== null && counterpart.forbidden === rule.obliged) {
		const now = other.has("forbid") || other.has("avoid");
		if (now && !other.has("except") && !other.has("only")) return result;
	}
	const isSameNumber = rule.numbers.join() === counterpart.numbers.join();
	const isTurned =
		(own.has("at-most") && other.has("at-least") && !other.has("at-most")) ||
		(own.has("at-least") && other.has("at-most") && !other.has("at-least"));
	return isTurned && isSameNumber && rule.numbers.length > 0 ? result : null;
}

function weakened(rule: Rule, counterpart: Rule, coverage: number): Weakening | null {
	const [own, other] = [rule.words, counterpart.words];
	const strongest = wordOf(own, ["forbid", "must", "secret", "comply", "only"]);
	const isStillStrong = strongKinds.some((kind) => other.has(kind));
	if (strongest !== null && !isStillStrong && rule.strength === "strong") {
		const weak = wordOf(other, ["avoid", "should"]);
		if (weak !== null) return became(strongest, other.has("not") && weak === "should" ? "should not" : weak);
		const may = other.get("may");
		const verb = rule.forbidden ?? rule.obliged;
		if (may !== undefined && verb !== null && counterpart.obliged === verb && coverage >= sameThing)
			return became(strongest, may);
	}
	if (coverage < sameThing) return null;
	const forbid = own.get("forbid");
	const only = other.get("only");
	if (forbid !== undefined && only !== undefined && !counterpart.isNegative && rule.forbidden !== null) {
		// "Only suggest what is in stock" forbids as much as "Never suggest what is not".
		const isFirst = counterpart.normal.split(" ", 3).includes(only);
		if (!isFirst && counterpart.stems.includes(rule.forbidden)) return became(forbid, only);
	}
	const isRestricting =
		counterpart.isNegative || ["only", "except", "firm", "exactly"].some((kind) => hasKind(other, kind));
	const lost = (["only", "secret", "exactly"] as const).find((kind) => own.has(kind) && !other.has(kind));
	// "Only X" goes as "never anything but X", "up to 5" as "exactly 5".
	if (lost !== undefined && !isRestricting && !rule.isStatement)
		return { kind: "weaker", what: `“${own.get(lost) ?? lost}” is gone` };
	return null;
}

/** A way out that was not there before. */
function opened(rule: Rule, counterpart: Rule): Weakening | null {
	const [own, other] = [rule.words, counterpart.words];
	const hedge = other.get("hedge");
	if (hedge !== undefined && !own.has("hedge")) return { kind: "weaker", what: `“${hedge}” is new` };
	const except = other.get("except");
	if (except !== undefined && !own.has("except"))
		return { kind: "weaker", what: `it has an exception now, “${except}”` };
	return null;
}

function numberChanged(rule: Rule, counterpart: Rule, coverage: number): Weakening | null {
	if (coverage < sameThing || rule.numbers.length === 0) return null;
	const missing = rule.numbers.filter((number) => !counterpart.numbers.includes(number));
	if (missing.length === 0) return null;
	const fresh = counterpart.numbers.filter((number) => !rule.numbers.includes(number));
	if (fresh.length > 0) return { kind: "number", what: `${missing.join(", ")} became ${fresh.join(", ")}` };
	const limit = wordOf(rule.words, ["at-most", "at-least", "exactly"]);
	const isStillLimited = ["at-most", "at-least", "exactly", "only"].some((kind) =>
		hasKind(counterpart.words, kind),
	);
	return limit !== null && !isStillLimited
		? { kind: "weaker", what: `the limit “${limit} ${missing[0] ?? ""}” is gone` }
		: null;
}

function became(was: string, is: string): Weakening {
	return { kind: "weaker", what: `“${was}” became “${is}”` };
}

function hasKind(words: Rule["words"], kind: string): boolean {
	return words.has(kind as RuleWordKind);
}

function wordOf(words: Rule["words"], kinds: readonly RuleWordKind[]): string | null {
	for (const kind of kinds) {
		const word = words.get(kind);
		if (word !== undefined) return word;
	}
	return null;
}
