import type { JsonObject } from "../contract/identifiers";
import type { QueueVerdict } from "../contract/queue-terms";
import { assessAbReport } from "./ab-report/assess";
import { withoutFloatNoise } from "./ab-report/figure";
import { mainMetricOf } from "./ab-report/main-metric";
import type { AbAssessment } from "./ab-report/model";
import { bySeverity } from "./prompt-checks/by-severity";
import { checkChangeSize } from "./prompt-checks/change-size";
import { clipped } from "./prompt-checks/deployment-in-words";
import type { Severity } from "./prompt-checks/finding";
import { checkPrompts } from "./prompt-checks/run";
import { comparePrompts } from "./prompt-diff/compare";

/**
 * One more than before whenever the same texts or the same report give another digest than they did: servers
 * then read every deployment anew, in the background. The index of what is left to read carries the number,
 * so that `npm run db:generate` has to make a migration with it.
 */
export const digestVersion = 1;

const sentenceMaxLength = 300;

/** What a digest is made of: a deployment, as far as it is looked at. */
export interface DigestInput {
	current_prompt: string;
	proposed_prompt: string;
	rationale?: string | null | undefined;
	ab_report?: JsonObject | null | undefined;
	status: string;
}

/** What a row of the queue says about a change, read from its texts and its report. */
export interface QueueDigest {
	/** Words that the change adds and removes. */
	wordsAdded: number;
	wordsRemoved: number;
	/** Of the checks that look at the two texts; what needs other records is not in it. */
	findings: number;
	/** The severity of the worst finding and its sentence, of at most 300 UTF-16 units; null where there is none. */
	worstSeverity: Severity | null;
	worstSentence: string | null;
	verdict: QueueVerdict;
	/**
	 * How far the main metric went in its good direction: for a share of the cases the difference as a share
	 * (29 points are 0.29), for everything else the relative change (a tenth less cost is 0.1). Null where it is
	 * not known which way is good, where there is no figure, and where the figures cannot be what they say.
	 */
	effect: number | null;
}

/**
 * Reads a deployment for the queue, by the rules of its review page. Pure; takes about 1 ms for 2 KB of
 * prompts, 0.1 s for 100 KB and a second or two for the longest there are.
 */
export function digestOf(deployment: DigestInput): QueueDigest {
	const texts = { current: deployment.current_prompt, proposed: deployment.proposed_prompt };
	const diff = comparePrompts(texts.current, texts.proposed);
	const size = checkChangeSize({ diff, texts, rationale: deployment.rationale });
	const findings = [...checkPrompts(texts), ...size].sort(bySeverity);
	const [worst] = findings;
	return {
		wordsAdded: diff.wordsAdded,
		wordsRemoved: diff.wordsRemoved,
		findings: findings.length,
		worstSeverity: worst?.severity ?? null,
		worstSentence: worst === undefined ? null : clipped(worst.sentence, sentenceMaxLength).toWellFormed(),
		...evidenceOf(deployment),
	};
}

/** The part of a digest that says what the A/B test has shown; of no report, that nobody has tested. */
export function evidenceOf({
	ab_report: report,
	status,
}: Pick<DigestInput, "ab_report" | "status">): Pick<QueueDigest, "verdict" | "effect"> {
	if (!report) return { verdict: "untested", effect: null };
	const assessment = assessAbReport(report, status);
	return { verdict: assessment.verdict.kind, effect: effectOf(assessment) };
}

function effectOf({ report, metrics }: AbAssessment): number | null {
	const main = mainMetricOf(report.metrics);
	const assessed = metrics.find(({ metric }) => metric === main);
	if (main?.difference == null || assessed === undefined) return null;
	const { scale, direction, relativeChange } = assessed;
	if (direction === "unknown" || scale.isImpossible) return null;
	const change = { rate: main.difference, percent: withoutFloatNoise(main.difference / 100) };
	const rise = scale.kind === "rate" || scale.kind === "percent" ? change[scale.kind] : relativeChange;
	if (rise === null || rise === 0) return rise;
	return direction === "higher" ? rise : -rise;
}
