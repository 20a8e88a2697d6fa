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
}

/** Words that stand in more clauses than this say nothing about which one is meant. */
const mostClausesOfAStem = 150;
/** So many clauses named by two or more words are enough: what commoner words would add is no better. */
const enoughClauses = 60;
/** From here on a clause and its neighbour together count as one rule that was split in two. */
const splitLimit = 0.65;
const stemsLookedUp = 8;
const candidatesCompared = 6;

/** Finds for a rule the clauses of a text that have its content, in whatever order of words. */
export interface RuleIndex {
	/** Best first, at most six; an exact one alone. */
	find(rule: Rule): Counterpart[];
}

/**
 * Indexes clauses by their content words. A look-up reads the lists of a rule's eight rarest words, none further
 * than its 150th clause, and compares the six best in full: the cost per rule is bounded, whatever the text.
 */
export function indexRules(rules: readonly Rule[]): RuleIndex {
	const byNormal = new Map<string, number[]>();
	const byStem = new Map<string, number[]>();
	for (const [index, rule] of rules.entries()) {
		const same = byNormal.get(rule.normal);
		if (same === undefined) byNormal.set(rule.normal, [index]);
		else if (same.length < candidatesCompared) same.push(index);
		// A repeated line is one candidate: otherwise its copies would fill the lists.
		if (same !== undefined) continue;
		for (const stem of rule.stems) {
			const list = byStem.get(stem);
			if (list === undefined) byStem.set(stem, [index]);
			else list.push(index);
		}
	}
	const weightOf = (stem: string) =>
		1 + Math.log((rules.length + 1) / ((byStem.get(stem)?.length ?? 0) + 1)) / 4;

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
				return { index: first, isExact: false, coverage: both, score: both * 0.8, isSplit: true };
		}
		let shared = 0;
		for (const stem of rule.stems) if (own.has(stem)) shared += 1;
		const dice = (2 * shared) / Math.max(1, rule.stems.length + own.size);
		return { index, isExact: false, coverage, score: coverage * 0.8 + dice * 0.2, isSplit: false };
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

	return {
		find(rule) {
			const same = byNormal.get(rule.normal);
			if (same !== undefined && rule.normal !== "")
				return same.map((index) => ({ index, isExact: true, coverage: 1, score: 1, isSplit: false }));
			const stems = rule.stems
				.map((stem) => ({ weight: weightOf(stem), list: byStem.get(stem) ?? [] }))
				.filter(({ list }) => list.length > 0)
				.sort((one, other) => one.list.length - other.list.length)
				.slice(0, stemsLookedUp);
			const touched: number[] = [];
			for (const [at, { weight, list }] of stems.entries()) {
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
			const total = rule.stems.reduce((sum, stem) => sum + weightOf(stem), 0);
			return best.map((index) => compare(rule, total, index)).sort((one, other) => other.score - one.score);
		},
	};
}

const none: ReadonlySet<string> = new Set();
