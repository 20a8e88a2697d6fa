import type { Weakening } from "./compare-rules";
import { findLosses, type Loss } from "./find-losses";
import { findVariables, readHabits } from "./find-variables";
import {
	type Finding,
	type Place,
	type PromptCheck,
	type PromptTexts,
	type Severity,
	severities,
} from "./finding";
import { languageChange } from "./language";
import { quoteRule } from "./quote-rule";
import type { Rule } from "./read-rule";
import { sensitive } from "./rule-words";

const mostFindings = 20;
/** From so many on, rules that are gone while a file comes in are taken for moved. */
const fewestMoved = 4;
const mostPlaces = 100;
/**
 * Rules of the current prompt that are gone from the proposed one, are weaker there, or say the opposite.
 *
 * Both texts are split into clauses (`rule-sentences.ts`). A rule is a clause with a word of obligation,
 * prohibition, limit, secrecy or an order about the format (`rule-words.ts`: English, and the same words in
 * German, French and Spanish), or an item of a list under such a word. For each the clause with most of its
 * content words is looked for, in any order and anywhere in the text, also over two neighbouring clauses: a rule
 * that was moved, reworded as strongly, merged or split is kept. What stands on both sides is no counterpart,
 * unless it says all but all of the rule. Where the counterpart is weaker (must → should,
 * never → avoid, `only` gone, a hedge or an exception added, a number changed), the pair is shown.
 *
 * Severe: what says the opposite; a strong rule about secrets, law, health or money that is gone or weaker.
 * Warning: other strong rules and the format. Note: recommendations that are gone, and statements of fact with
 * such a word ("The shop is always open").
 *
 * Limits: there is no model in it, it compares words. It takes a rule that was said in wholly other words for
 * gone ("Do not be rude" → "Be polite"), and one whose words mostly stand in another sentence for kept: one
 * thing less in a long list ("politics, religion or rivals") it does not see. A plain
 * order without a strong word ("Greet by name") is no rule for it. It does not notice that a rule was made
 * weaker by another sentence, by its place in the text, or by an example; nor whether a stricter rule covers it.
 * What a variable brings in it cannot see. Where four or more rules go while a new `{% include %}` or `{{> }}`
 * comes, one warning says that they may stand in that file; where the main language changes, one finding, severe
 * where one of them was, says that the words of the two do not compare.
 */
export const checkRemovedRules: PromptCheck = ({ current, proposed }) => {
	if (current === proposed) return [];
	const losses = findLosses({ current, proposed });
	const findings = joinSentences(losses)
		.map((group) => findingOf(group, current, proposed))
		.sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
	return gather(translated(movedToFiles(findings, current, proposed), { current, proposed }));
};

/** Parts of one sentence that are all gone are one loss. */
function joinSentences(losses: readonly Loss[]): Loss[][] {
	const groups: Loss[][] = [];
	for (const loss of losses) {
		const last = groups.at(-1)?.[0];
		const isSame =
			last !== undefined &&
			last.counterpart === null &&
			loss.counterpart === null &&
			last.clause.sentenceStart === loss.clause.sentenceStart;
		if (isSame) groups.at(-1)?.push(loss);
		else groups.push([loss]);
	}
	return groups;
}

function findingOf(group: readonly Loss[], current: string, proposed: string): Finding {
	const [first] = group;
	if (first === undefined) throw new RangeError("A group holds at least one loss");
	const start = first.clause.start;
	const end = group.at(-1)?.clause.end ?? first.clause.end;
	const head = first.rule.isInherited ? (first.clause.heads[0] ?? "") : "";
	const written = `${head === "" ? "" : `${head.replace(/:$/, "")}: `}${current.slice(start, end)}`;
	const severity = group
		.map(({ rule, counterpart }) => severityOf(rule, written, counterpart?.weakening ?? null))
		.reduce((one, other) => (severities.indexOf(other) < severities.indexOf(one) ? other : one));
	const place: Place = { side: "current", start, end };
	if (first.counterpart === null) {
		return {
			check: "removed-rules",
			severity,
			sentence: `${goneSubject(group)}: “${quoteRule(written)}”.`,
			places: [place],
			pair: { current: written, proposed: null },
		};
	}
	const { clause, weakening } = first.counterpart;
	const counterpart = proposed.slice(clause.sentenceStart, clause.sentenceEnd);
	return {
		check: "removed-rules",
		severity,
		sentence: `${weakerSubject(weakening)}: ${weakening.kind === "opposite" ? "" : `${weakening.what}, in `}“${weakening.kind === "opposite" ? quoteRule(written, counterpart) : quoteRule(counterpart, written)}”.`,
		places: [place, { side: "proposed", start: clause.start, end: clause.end }],
		pair: { current: written, proposed: counterpart },
	};
}

function severityOf(rule: Rule, written: string, weakening: Weakening | null): Severity {
	if (weakening?.kind === "opposite") return rule.strength === "strong" ? "severe" : "warning";
	if (rule.strength === "weak" || rule.isStatement) return "note";
	if (rule.strength === "format") return "warning";
	return sensitive.test(written) ? "severe" : "warning";
}

function goneSubject(group: readonly Loss[]): string {
	const has = (strength: Rule["strength"]) => group.some(({ rule }) => rule.strength === strength);
	if (has("strong")) return "A rule is gone";
	return has("format") ? "A rule about the format is gone" : "A recommendation is gone";
}

function weakerSubject({ kind }: Weakening): string {
	if (kind === "opposite") return "A rule says the opposite now";
	return kind === "number" ? "A rule has another number" : "A rule is weaker";
}

/** Many rules that go while a file is brought in were most likely moved there: that is one thing to look at. */
function movedToFiles(findings: Finding[], current: string, proposed: string): Finding[] {
	const gone = findings.filter(({ pair }) => pair?.proposed === null);
	if (gone.length < fewestMoved) return findings;
	const known = new Set(filesOf(current));
	const file = filesOf(proposed).find((name) => !known.has(name));
	if (file === undefined) return findings;
	const movedAway = new Set(gone);
	return [
		{
			check: "removed-rules",
			severity: "warning",
			sentence: `${gone.length} rules are gone from the text; “${file}”, which it brings in now, may hold them.`,
			places: gone.flatMap(({ places }) => places.slice(0, 1)).slice(0, mostPlaces),
		},
		...findings.filter((finding) => !movedAway.has(finding)),
	];
}

/** The words of one language do not tell what is said in another: rules that seem gone are one thing to look at. */
function translated(findings: Finding[], texts: PromptTexts): Finding[] {
	const gone = findings.filter(({ pair }) => pair?.proposed === null);
	const [worst] = gone;
	const change = worst === undefined ? null : languageChange(texts);
	if (worst === undefined || change === null) return findings;
	const rules = gone.length === 1 ? "1 rule is" : `${gone.length} rules are`;
	return [
		{
			check: "removed-rules",
			// Another language must not make less of a rule about secrets, health or money that cannot be found.
			severity: worst.severity === "severe" ? "severe" : "warning",
			sentence: `The prompt is in ${change.to} now, not in ${change.from}: whether ${rules} still in it, the words do not tell.`,
			places: gone.flatMap(({ places }) => places.slice(0, 1)).slice(0, mostPlaces),
		},
		...findings.filter(({ pair }) => pair?.proposed !== null),
	];
}

function filesOf(text: string): string[] {
	if (!/\{%|\{\{>/.test(text)) return [];
	const { variables } = findVariables(text, readHabits([text]));
	return variables.flatMap(({ form, name }) => (form === "file" ? [name] : []));
}

function gather(findings: Finding[]): Finding[] {
	const [shown, rest] = [findings.slice(0, mostFindings), findings.slice(mostFindings)];
	const [first] = rest;
	if (first === undefined) return findings;
	const rules = rest.length === 1 ? "1 further rule is" : `${rest.length} further rules are`;
	return [
		...shown,
		{
			check: "removed-rules",
			severity: first.severity,
			sentence: `And ${rules} gone or weaker.`,
			places: rest.flatMap(({ places }) => places.slice(0, 1)).slice(0, mostPlaces),
		},
	];
}
