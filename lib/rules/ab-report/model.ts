/** The two arms of a test: the prompt that is live, and the one that is proposed. */
export const arms = ["baseline", "candidate"] as const;
export type Arm = (typeof arms)[number];

/** Cases of each arm, whole and positive; null where the report does not say it in a usable way. */
export type Cases = Readonly<Record<Arm, number | null>>;

/** How the report's delta stands to candidate − baseline. `other`: it is none of the known readings. */
export type DeltaReading = "difference" | "relative" | "points" | "other";

/** One metric of an A/B report: what the report says, and the difference worked out from its two arms. */
export interface AbMetric {
	/** Unique within the report; a path such as `segments.de.correctness` where it stood deeper. */
	name: string;
	baseline: unknown;
	candidate: unknown;
	/** The delta as the report has it. */
	delta: unknown;
	/** Candidate − baseline in the metric's own unit, where both are finite numbers. */
	difference: number | null;
	/** Null where there is no delta, or nothing to hold it against. */
	deltaReading: DeltaReading | null;
	/** True when the report's delta is another one than its own arms give. */
	isDeltaContradicted: boolean;
	cases: Cases;
}

/** What was odd while reading; `consistency.ts` makes sentences of it. */
export type ReadFault =
	| { kind: "size"; key: string; value: unknown }
	| { kind: "sizes"; used: number; others: readonly { key: string; value: number }[] }
	| { kind: "lonely"; name: string; has: Arm | "delta" }
	| { kind: "repeated"; name: string; isSame: boolean }
	| { kind: "too-many"; most: number };

export interface AbReport {
	metrics: AbMetric[];
	/** Cases in each arm, where the report gives one number for both. */
	sampleSize: number | null;
	/** The same for each arm; a metric of its own size has it in `metric.cases`. */
	cases: Cases;
	/** All that is neither a metric nor the sample size, in the report's order; of nested values what is left. */
	rest: { key: string; value: unknown }[];
	faults: readonly ReadFault[];
}

/** Which way is good; nobody is told that an unknown one is. */
export type Direction = "higher" | "lower" | "unknown";

/**
 * What a metric's figures are. `rate`: a share of the cases, 0…1. `percent`: the same, 0…100. Only these two
 * have an interval.
 */
type ScaleKind = "rate" | "percent" | "count" | "duration" | "cost" | "unknown";

export interface Scale {
	kind: ScaleKind;
	/** Why it is read so, one sentence. */
	sentence: string;
	/** True when the figures cannot be what the name says, as a rate of 1.3 beside one of 0.8. */
	isImpossible: boolean;
}

/** The 95 % interval of a difference, in the unit that its function names. */
export interface Interval {
	low: number;
	high: number;
}

/** What one metric proves. All figures are in the metric's own unit: shares for a rate, points for percent. */
export interface MetricAssessment {
	metric: AbMetric;
	scale: Scale;
	direction: Direction;
	/** (Candidate − baseline) ÷ |baseline|, 0.1 for a tenth more; null where baseline is 0 or missing. */
	relativeChange: number | null;
	/** Newcombe's 95 % interval of candidate − baseline; null for all but a rate with a sample size. */
	interval: Interval | null;
	/** Two-sided, 0…1, of this metric alone. */
	pValue: number | null;
	/** The same after Holm's correction over all metrics of the report that have one. */
	adjustedPValue: number | null;
	/** The smallest rise and fall that 80 of 100 such tests would have shown; null where none could be. */
	detectable: { rise: number | null; fall: number | null } | null;
	/** Told from chance: the corrected p-value is below 0.05 and the interval leaves out zero. */
	isShown: boolean;
	/** Which way it went, in the words of the good direction; `unclear` where that is not known. */
	movement: "better" | "worse" | "same" | "unclear";
	/** Why there is no interval, one sentence; null where there is one. */
	whyNot: string | null;
	/** Sentences on how the figures were read and where they are borderline. */
	remarks: readonly string[];
}

/** Something in the report that does not fit together. */
export interface Inconsistency {
	kind: "delta" | "status" | "impossible" | "sample-size" | "missing" | "repeated";
	/** The metric that it is about, or null for the report as a whole. */
	metric: string | null;
	/** True when the report cannot be relied on for a verdict before this is cleared up. */
	isContradiction: boolean;
	/** One sentence for the person. */
	sentence: string;
}

export type VerdictKind = "better" | "worse" | "mixed" | "not-shown" | "contradictory" | "none";

export interface Verdict {
	kind: VerdictKind;
	/** One sentence with what it rests on. */
	sentence: string;
	/** Names of the metrics that decided. */
	restsOn: readonly string[];
	/** Names of the metrics that could not: no known direction, no interval. */
	notJudged: readonly string[];
}

/** A report read, calculated and judged; data that JSON can carry. */
export interface AbAssessment {
	report: AbReport;
	metrics: readonly MetricAssessment[];
	inconsistencies: readonly Inconsistency[];
	verdict: Verdict;
	/** What every interval and p-value of the report takes for granted; null where there is none. */
	assumption: string | null;
}
