import { compareRules, type Weakening } from "./compare-rules";
import type { PromptTexts } from "./finding";
import { type Counterpart, indexRules, type RuleIndex } from "./match-rules";
import { narrowChanges } from "./narrow-change";
import { type Rule, readRule } from "./read-rule";
import { type Clause, splitClauses } from "./rule-sentences";

/** Less of a rule's content than this is another sentence that shares some words; of a short rule more is asked. */
const leastCoverage = { long: 0.6, short: 0.7, sameLimit: 0.5 };
const shortInStems = 4;
/** Counterparts this close to the best one are looked at too: one that is as strong settles it. */
const closeScore = 0.12;
/** A clause that stood beside the rule says another thing, unless it has all but all of the rule's words. */
const standingCoverage = 0.9;

interface ReadText {
	text: string;
	clauses: Clause[];
	rules: Rule[];
}

/** What became of one rule; `counterpart` is null where it is gone. */
export interface Loss {
	clause: Clause;
	rule: Rule;
	counterpart: { clause: Clause; weakening: Weakening } | null;
}

interface Sides {
	before: ReadText;
	after: ReadText;
	index: RuleIndex;
}

/** The rules of the current prompt that are gone or weaker in the proposed one, in the order of the text. */
export function findLosses({ current, proposed }: PromptTexts): Loss[] {
	const known = new Map<string, Rule>();
	const [before, after] = [readText(current, known), readText(proposed, known)];
	const sides = { before, after, index: indexRules(after.rules, before.rules) };
	const changedFrom = commonStart(current, proposed);
	const copies = new Map<string, number>();
	return before.rules.flatMap((rule, at) => {
		const clause = before.clauses[at];
		// "Never:" orders nothing by itself; its list does.
		const isHead = rule.stems.length <= 2 && rule.isOpening;
		if (clause === undefined || rule.strength === "none" || rule.stems.length === 0 || isHead) return [];
		const seen = copies.get(rule.normal) ?? 0;
		if (clause.end > changedFrom && seen < sides.index.copiesGone(rule)) {
			copies.set(rule.normal, seen + 1);
			return turnedCopy(rule, clause, sides) ?? [];
		}
		return lossOf(rule, clause, sides) ?? [];
	});
}

function commonStart(one: string, other: string): number {
	let at = 0;
	while (at < one.length && one[at] === other[at]) at += 1;
	return at;
}

function readText(text: string, known: Map<string, Rule>): ReadText {
	const clauses = splitClauses(text);
	const rules = clauses.map(({ start, end, heads }) => {
		const written = text.slice(start, end);
		const key = [written, ...heads].join("\n");
		const rule = known.get(key) ?? readRule(written, heads);
		known.set(key, rule);
		return rule;
	});
	return { text, clauses, rules };
}

function lossOf(rule: Rule, clause: Clause, sides: Sides): Loss | null {
	const { after, index } = sides;
	const candidates = index.find(rule).filter((candidate) => isCounterpart(rule, candidate, after));
	const compare = (candidate: Counterpart) => compareWith(rule, candidate, after);
	const [best, ...others] = candidates.filter(({ isStanding }) => !isStanding);
	const isSaidElsewhere = candidates.some(
		(candidate) =>
			candidate.isStanding &&
			candidate.coverage >= standingCoverage &&
			candidate.score > (best?.score ?? 0) + closeScore &&
			compare(candidate) === null,
	);
	if (isSaidElsewhere) return null;
	if (best === undefined) return { clause, rule, counterpart: null };
	const found = after.clauses[best.index];
	const weakening = compare(best);
	if (found === undefined) return null;
	if (weakening === null || weakening.kind === "opposite") {
		const narrow = narrowLoss(clause, found, sides);
		if (narrow !== null || weakening === null) return narrow;
	}
	const close = others.filter(({ score }) => best.score - score <= closeScore);
	if (close.some((candidate) => compare(candidate) === null)) return null;
	// A recommendation that is weaker still, or turned into a rule about something else, is not worth a word.
	if (rule.strength === "weak" && weakening.kind !== "opposite") return null;
	return { clause, rule, counterpart: { clause: found, weakening } };
}

/** A rule that was said more than once still stands, but one copy of it may say the opposite now. */
function turnedCopy(rule: Rule, clause: Clause, sides: Sides): Loss | null {
	const { after, index } = sides;
	for (const candidate of index.findNew(rule)) {
		const found = after.clauses[candidate.index];
		if (found === undefined || candidate.isStanding || candidate.coverage < standingCoverage) continue;
		if (!isCounterpart(rule, candidate, after)) continue;
		const narrow = narrowLoss(clause, found, sides);
		if (narrow?.counterpart?.weakening.kind === "opposite") return narrow;
		const weakening = compareWith(rule, candidate, after);
		if (weakening?.kind === "opposite") return { clause, rule, counterpart: { clause: found, weakening } };
	}
	return null;
}

function compareWith(rule: Rule, candidate: Counterpart, after: ReadText): Weakening | null {
	const other = counterpartRule(candidate, after);
	return rule === other ? null : compareRules(rule, other, candidate.coverage);
}

/** A long clause can hold its strength as a whole while a word or two turn one thing in it round. */
function narrowLoss(clause: Clause, found: Clause, { before, after }: Sides): Loss | null {
	const written = before.text.slice(clause.start, clause.end);
	const proposed = after.text.slice(found.start, found.end);
	for (const [was, is] of narrowChanges(written, proposed)) {
		const rule = readRule(written.slice(was.start, was.end), []);
		const weakening = compareRules(rule, readRule(proposed.slice(is.start, is.end), []), 1);
		if (rule.strength === "none" || weakening === null) continue;
		if (rule.strength === "weak" && weakening.kind !== "opposite") continue;
		return { clause: partOf(clause, was), rule, counterpart: { clause: partOf(found, is), weakening } };
	}
	return null;
}

function partOf(clause: Clause, { start, end }: { start: number; end: number }): Clause {
	const [from, to] = [clause.start + start, clause.start + end];
	return { ...clause, start: from, end: to, sentenceStart: from, sentenceEnd: to };
}

function isCounterpart(rule: Rule, { index, isExact, coverage }: Counterpart, after: ReadText): boolean {
	if (isExact) return true;
	const other = after.rules[index];
	if (other === undefined) return false;
	const isSameLimit =
		rule.words.has("at-most") && other.words.has("at-most") && rule.numbers.join() === other.numbers.join();
	const least = rule.stems.length > shortInStems ? leastCoverage.long : leastCoverage.short;
	if (coverage < (isSameLimit ? leastCoverage.sameLimit : least)) return false;
	// One or two words are found in any long sentence: the whole of it must be about them.
	return rule.stems.length > 2 || (coverage > 0.99 && other.stems.length <= rule.stems.length + 5);
}

/** A rule that was split in two has the words of both. */
function counterpartRule({ index, isSplit }: Counterpart, after: ReadText): Rule {
	const [first, second] = [after.rules[index], after.rules[index + 1]];
	if (first === undefined) return readRule("", []);
	if (!isSplit || second === undefined) return first;
	return {
		...first,
		stems: [...first.stems, ...second.stems],
		words: new Map([...second.words, ...first.words]),
		numbers: [...first.numbers, ...second.numbers],
		isNegative: first.isNegative || second.isNegative,
	};
}
