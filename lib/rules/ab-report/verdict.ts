import {
	figureInWords,
	listInWords,
	nameInWords,
	pValueInWords,
	roundedInWords,
	signedInWords,
} from "./in-words";
import type { Inconsistency, MetricAssessment, Verdict, VerdictKind } from "./model";

/**
 * One verdict on a report. Only metrics with a known direction and an interval decide, each after Holm's
 * correction over all metrics that were tested; a contradiction comes before them all. `not-shown` does not
 * say that there is no difference.
 */
export function judgeReport(
	assessments: readonly MetricAssessment[],
	inconsistencies: readonly Inconsistency[],
): Verdict {
	const deciding = assessments.filter(
		({ interval, direction }) => interval !== null && direction !== "unknown",
	);
	const namesOf = (some: readonly MetricAssessment[]) => some.map(({ metric }) => metric.name);
	const moved = movedInWords(assessments.filter((one) => one.isShown && one.direction === "unknown"));
	const verdict = (kind: VerdictKind, sentence: string, restsOn: readonly MetricAssessment[]): Verdict => ({
		kind,
		sentence: kind === "contradictory" ? sentence : `${sentence}${moved}`,
		restsOn: namesOf(restsOn),
		notJudged: namesOf(assessments.filter((one) => !deciding.includes(one))),
	});
	const contradictions = inconsistencies.filter(({ isContradiction }) => isContradiction);
	const [first, ...more] = contradictions;
	if (first !== undefined) {
		const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
		const about = new Set(contradictions.map(({ metric }) => metric));
		return verdict(
			"contradictory",
			`Contradictory: ${withSmallStart(first.sentence.replace(/\.$/, ""))}${others}.`,
			assessments.filter(({ metric }) => about.has(metric.name)),
		);
	}
	if (deciding.length === 0) return verdict("none", `Nothing to judge: ${whyNone(assessments)}.`, []);
	const shown = deciding.filter(({ isShown }) => isShown);
	const better = shown.filter(({ movement }) => movement === "better");
	const worse = shown.filter(({ movement }) => movement === "worse");
	const open = openInWords(assessments.filter((one) => !deciding.includes(one)));
	if (better.length > 0 && worse.length > 0) {
		const sentence = `Mixed: ${listInWords(better.map(provenInWords))}, but ${listInWords(worse.map(provenInWords))}${open}.`;
		return verdict("mixed", sentence, [...better, ...worse]);
	}
	if (better.length > 0) {
		return verdict("better", `Better: ${listInWords(better.map(provenInWords))}${open}.`, better);
	}
	if (worse.length > 0)
		return verdict("worse", `Worse: ${listInWords(worse.map(provenInWords))}${open}.`, worse);
	return verdict("not-shown", notShownInWords(deciding), deciding);
}

/** `correctness rose by 0.29 (95 % interval +0.13 to +0.42, p < 0.001, 80 cases in each arm)`. */
function provenInWords(one: MetricAssessment): string {
	const { metric } = one;
	const difference = metric.difference ?? 0;
	const by = `${figureInWords(Math.abs(difference))}${pointsOf(one)}`;
	return `${nameInWords(metric.name)} ${difference > 0 ? "rose" : "fell"} by ${by} (${evidenceInWords(one)})`;
}

function evidenceInWords(one: MetricAssessment): string {
	const { interval, pValue, adjustedPValue } = one;
	const corrected = pValue === adjustedPValue ? "" : "corrected ";
	const ends = `${roundedInWords(interval?.low ?? 0)} to ${roundedInWords(interval?.high ?? 0)}${pointsOf(one)}`;
	return `95 % interval ${ends}, ${corrected}${pValueInWords(adjustedPValue ?? 1)}, ${casesInWords(one)}`;
}

function casesInWords({ metric }: MetricAssessment): string {
	const baseline = figureInWords(metric.cases.baseline ?? 0);
	const candidate = figureInWords(metric.cases.candidate ?? 0);
	return baseline === candidate ? `${baseline} cases in each arm` : `${baseline} and ${candidate} cases`;
}

function pointsOf({ scale }: MetricAssessment): string {
	return scale.kind === "percent" ? " points" : "";
}

/** What is told from chance and has no known direction: no part of the verdict, and nothing to leave out. */
function movedInWords(moved: readonly MetricAssessment[]): string {
	if (moved.length === 0) return "";
	const is = moved.length === 1 ? "that is" : "these are";
	return ` Also told from chance: ${listInWords(moved.map(provenInWords))}; whether ${is} good is not known.`;
}

/** What has a good direction and no interval: it may tell against what was shown. */
function openInWords(others: readonly MetricAssessment[]): string {
	const known = others.filter(({ direction }) => direction !== "unknown");
	return known.length === 0
		? ""
		: `; not judged: ${listInWords(known.map(({ metric }) => nameInWords(metric.name)))}`;
}

/** The metric that came closest speaks for all. */
function notShownInWords(deciding: readonly MetricAssessment[]): string {
	const closest = deciding.reduce((least, one) => ((one.pValue ?? 1) < (least.pValue ?? 1) ? one : least));
	const { metric, detectable } = closest;
	const difference = signedInWords(metric.difference ?? 0);
	const what =
		deciding.length === 1
			? "the difference in"
			: `none of ${deciding.length} metrics can be told from chance, the clearest being`;
	const evidence = `${nameInWords(metric.name)}, ${difference}${pointsOf(closest)} (${evidenceInWords(closest)})`;
	const start =
		deciding.length === 1 ? `${what} ${evidence}, cannot be told from chance` : `${what} ${evidence}`;
	const isFall = (metric.difference ?? 0) < 0;
	const least = isFall ? detectable?.fall : detectable?.rise;
	const change = isFall ? "fall" : "rise";
	const end = isFall ? "zero" : closest.scale.kind === "percent" ? "100" : "1";
	const size =
		least == null
			? `even a ${change} to ${end}`
			: `a ${change} of less than ${roundedInWords(least).replace("+", "")}${pointsOf(closest)}`;
	return `Not shown: ${start}; ${size} is often missed by a test of this size.`;
}

function whyNone(assessments: readonly MetricAssessment[]): string {
	if (assessments.length === 0) return "the report holds no metric with a baseline and a candidate";
	const known = assessments.find(({ direction }) => direction !== "unknown");
	if (known === undefined) return "of none of its metrics is it known which way is better";
	return withSmallStart((known.whyNot ?? "").replace(/\.$/, ""));
}

/** `The status` is `the status` after a colon; a metric's name stays as it is. */
function withSmallStart(sentence: string): string {
	return /^(?:The|No|Impossible) /.test(sentence)
		? sentence.charAt(0).toLowerCase() + sentence.slice(1)
		: sentence;
}
