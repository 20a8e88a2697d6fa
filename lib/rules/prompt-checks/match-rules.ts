import type { Rule } from "./read-rule";

/** A clause of the proposed prompt that may be what became of a rule. */
export interface Counterpart {
	/** Which of the clauses, by number; the first of two where a rule was split in two. */
	index: number;
	/** Equal words, apart from case and layout. */
	isExact: boolean;
	/** The part of the rule's content that it has, between 0 and 1; rare words weigh more. */
	coverage: number;
	/** The same, less where the counterpart says much else. */
	score: number;
	/** With its neighbour it has the content; alone it has not. */
	isSplit: boolean;
	/** It stood in the current prompt already, so that no other rule became it. */
	isStanding: boolean;
}

/** Words that stand in more clauses than this say nothing about which one is meant. */
const mostClausesOfAStem = 150;
/** So many clauses named by two or more words are enough: what commoner words would add is no better. */
const enoughClauses = 60;
/** From here on a clause and its neighbour together count as one rule that was split in two. */
const splitLimit = 0.65;
const stemsLookedUp = 8;
const candidatesCompared = 6;
/** Of two clauses with the same words the one with the same number is meant. */
const sameNumberScore = 0.05;

/** Finds for a rule the clauses of a text that have its content, in whatever order of words. */
export interface RuleIndex {
	/** Best first, at most six that are new and six that stood there already; exact ones alone. */
	find(rule: Rule): Counterpart[];
	/** The best that are new, also for a rule that still stands elsewhere. */
	findNew(rule: Rule): Counterpart[];
	/** How many copies of a rule are gone while others stand. */
	copiesGone(rule: Rule): number;
}

/**
 * Indexes clauses by their content words and numbers. A look-up reads the lists of a rule's eight rarest words,
 * none further than its 150th clause, and compares the best six in full, for the clauses that are new and those
 * that stand in the current prompt too: the cost per rule is bounded, whatever the text.
 */
export function indexRules(rules: readonly Rule[], former: readonly Rule[]): RuleIndex {
	const byNormal = new Map<string, number[]>();
	const clausesOfStem = new Map<string, number>();
	const [fresh, standing]: [Lists, Lists] = [new Map(), new Map()];
	const surplus = new Map<string, number>();
	for (const { normal } of rules) surplus.set(normal, (surplus.get(normal) ?? 0) + 1);
	for (const { normal } of former) surplus.set(normal, (surplus.get(normal) ?? 0) - 1);
	const isStanding = (index: number) => (surplus.get(rules[index]?.normal ?? "") ?? 0) <= 0;
	for (const [index, rule] of rules.entries()) {
		const same = byNormal.get(rule.normal);
		if (same === undefined) byNormal.set(rule.normal, [index]);
		else if (same.length < candidatesCompared) same.push(index);
		// A repeated line is one candidate: otherwise its copies would fill the lists.
		if (same !== undefined) continue;
		const lists = isStanding(index) ? standing : fresh;
		for (const stem of rule.stems) clausesOfStem.set(stem, (clausesOfStem.get(stem) ?? 0) + 1);
		for (const key of keysOf(rule)) {
			const list = lists.get(key);
			if (list === undefined) lists.set(key, [index]);
			else list.push(index);
		}
	}
	const weightOf = (stem: string) =>
		1 + Math.log((rules.length + 1) / ((clausesOfStem.get(stem) ?? 0) + 1)) / 4;

	const stemsOf: Set<string>[] = [];
	function stemsAt(index: number): Set<string> {
		const known = stemsOf[index];
		if (known !== undefined) return known;
		const stems = new Set(rules[index]?.stems);
		stemsOf[index] = stems;
		return stems;
	}

	function compare(rule: Rule, total: number, index: number): Counterpart {
		const own = stemsAt(index);
		const coverage = coverageBy(rule, total, own, none);
		if (coverage < splitLimit) {
			const [before, after] = [index - 1, index + 1].map((at) => coverageBy(rule, total, own, stemsAt(at)));
			const both = Math.max(before ?? 0, after ?? 0);
			const first = both === before ? index - 1 : index;
			if (both >= splitLimit)
				return {
					index: first,
					isExact: false,
					coverage: both,
					score: both * 0.8,
					isSplit: true,
					isStanding: isStanding(first) && isStanding(first + 1),
				};
		}
		let shared = 0;
		for (const stem of rule.stems) if (own.has(stem)) shared += 1;
		const dice = (2 * shared) / Math.max(1, rule.stems.length + own.size);
		const isSameNumber = rules[index]?.numbers.join() === rule.numbers.join();
		const score = coverage * 0.8 + dice * 0.2 + (isSameNumber ? sameNumberScore : 0);
		return { index, isExact: false, coverage, score, isSplit: false, isStanding: isStanding(index) };
	}

	function coverageBy(
		rule: Rule,
		total: number,
		stems: ReadonlySet<string>,
		others: ReadonlySet<string>,
	): number {
		let covered = 0;
		for (const stem of rule.stems) if (stems.has(stem) || others.has(stem)) covered += weightOf(stem);
		return covered / total;
	}

	const weights = new Float64Array(rules.length);

	function bestOf(rule: Rule, lists: Lists): number[] {
		const found = keysOf(rule)
			.map((key) => ({ weight: weightOf(key), list: lists.get(key) ?? [] }))
			.filter(({ list }) => list.length > 0)
			.sort((one, other) => one.list.length - other.list.length)
			.slice(0, stemsLookedUp);
		const touched: number[] = [];
		for (const [at, { weight, list }] of found.entries()) {
			if (at > 1 && touched.length > enoughClauses) break;
			for (let each = 0; each < Math.min(list.length, mostClausesOfAStem); each += 1) {
				const index = list[each] ?? 0;
				if (weights[index] === 0) touched.push(index);
				weights[index] = (weights[index] ?? 0) + weight;
			}
		}
		const best: number[] = [];
		for (const index of touched) {
			const weight = weights[index] ?? 0;
			if (best.length === candidatesCompared && weight <= (weights[best.at(-1) ?? 0] ?? 0)) continue;
			const place = best.findIndex((other) => (weights[other] ?? 0) < weight);
			best.splice(place === -1 ? best.length : place, 0, index);
			if (best.length > candidatesCompared) best.pop();
		}
		for (const index of touched) weights[index] = 0;
		return best;
	}

	function compareAll(rule: Rule, found: readonly number[]): Counterpart[] {
		const total = rule.stems.reduce((sum, stem) => sum + weightOf(stem), 0);
		return found.map((index) => compare(rule, total, index)).sort((one, other) => other.score - one.score);
	}

	return {
		find(rule) {
			const same = byNormal.get(rule.normal);
			if (same !== undefined && rule.normal !== "")
				return same.map((index) => ({
					index,
					isExact: true,
					coverage: 1,
					score: 1,
					isSplit: false,
					isStanding: false,
				}));
			return compareAll(rule, [...bestOf(rule, fresh), ...bestOf(rule, standing)]);
		},
		findNew: (rule) => compareAll(rule, bestOf(rule, fresh)),
		copiesGone: ({ normal }) => (byNormal.has(normal) ? Math.max(0, -(surplus.get(normal) ?? 0)) : 0),
	};
}

type Lists = Map<string, number[]>;

/** What a clause is looked up by. A number stands in few clauses where all have the same words. */
function keysOf(rule: Rule): string[] {
	return [...rule.stems, ...rule.numbers.map((number) => `#${number}`)];
}

const none: ReadonlySet<string> = new Set();
