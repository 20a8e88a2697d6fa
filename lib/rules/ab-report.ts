import type { JsonObject } from "../contract/identifiers";

/** One metric of an A/B report: what the report says, and the difference worked out from its two arms. */
export interface AbMetric {
	name: string;
	baseline: unknown;
	candidate: unknown;
	/** The delta as the report has it. */
	delta: unknown;
	/** Candidate − baseline, where both are finite numbers. */
	difference: number | null;
	/** True when the report's delta is another one than its own arms give. */
	isDeltaContradicted: boolean;
}

export interface AbReport {
	metrics: AbMetric[];
	/** Cases in each arm, where the report says so. */
	sampleSize: number | null;
	/** All that is neither a metric nor the sample size, in the report's order. */
	rest: { key: string; value: unknown }[];
}

const suffixes = ["baseline", "candidate", "delta"] as const;
type Suffix = (typeof suffixes)[number];

/**
 * Reads a report of any shape: a metric is what has at least two of `<name>_baseline`,
 * `<name>_candidate` and `<name>_delta`; all else is kept as it is. The contract calls the report
 * free-form, so nothing is refused.
 */
export function readAbReport(report: JsonObject): AbReport {
	const entries = Object.entries(report);
	const arms = new Map<string, Map<Suffix, unknown>>();
	for (const [key, value] of entries) {
		const part = splitKey(key);
		if (part === null) continue;
		const metric = arms.get(part.name) ?? new Map<Suffix, unknown>();
		metric.set(part.suffix, value);
		arms.set(part.name, metric);
	}
	const isMetric = (name: string) => (arms.get(name)?.size ?? 0) >= 2;
	const sampleSize = typeof report.sample_size === "number" ? report.sample_size : null;
	return {
		metrics: [...arms].filter(([name]) => isMetric(name)).map(([name, values]) => readMetric(name, values)),
		sampleSize,
		rest: entries
			.filter(([key]) => {
				const part = splitKey(key);
				return !(part !== null && isMetric(part.name)) && !(key === "sample_size" && sampleSize !== null);
			})
			.map(([key, value]) => ({ key, value })),
	};
}

function splitKey(key: string): { name: string; suffix: Suffix } | null {
	const suffix = suffixes.find((candidate) => key.endsWith(`_${candidate}`));
	const name = suffix === undefined ? "" : key.slice(0, -suffix.length - 1);
	return suffix === undefined || name === "" ? null : { name, suffix };
}

function readMetric(name: string, values: Map<Suffix, unknown>): AbMetric {
	const [baseline, candidate, delta] = suffixes.map((suffix) => values.get(suffix));
	const difference =
		isFigure(baseline) && isFigure(candidate) ? withoutFloatNoise(candidate - baseline) : null;
	return {
		name,
		baseline,
		candidate,
		delta,
		difference,
		isDeltaContradicted: difference !== null && isFigure(delta) && !isSameFigure(delta, difference),
	};
}

/** A number that can be calculated with; a report may hold null, text, or 1e999 read as Infinity. */
export function isFigure(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value);
}

/** 0.71 − 0.42 is 0.29 to a reader, not 0.29000000000000004. */
function withoutFloatNoise(value: number): number {
	return Number(value.toPrecision(12));
}

/** Reports round their deltas: equal to the third decimal, or to one part in a hundred, is the same. */
function isSameFigure(one: number, other: number): boolean {
	const distance = Math.abs(one - other);
	return distance <= 0.0006 || distance <= 0.01 * Math.max(Math.abs(one), Math.abs(other));
}

/**
 * Says where status and report contradict each other, for the one metric whose good direction the contract
 * makes plain: a passed test in which correctness fell, a failed one in which it rose. Null when they agree.
 */
export function contradictionOf(status: string, report: JsonObject): string | null {
	const difference = readAbReport(report).metrics.find(({ name }) => name === "correctness")?.difference;
	if (difference == null) return null;
	if (status === "ab_passed" && difference < 0) {
		return "The status says that the test was passed, but in the report correctness fell.";
	}
	if (status === "ab_failed" && difference > 0) {
		return "The status says that the test failed, but in the report correctness rose.";
	}
	return null;
}

export interface Headline {
	name: string;
	/** Candidate − baseline. */
	difference: number;
	sampleSize: number | null;
	/** The report's own delta, where it is another than its arms give. */
	contradictedDelta: number | null;
}

/** What the queue shows of a report: its correctness, else its first metric that has a difference. */
export function headlineOf(report: JsonObject): Headline | null {
	const { metrics, sampleSize } = readAbReport(report);
	const withDifference = metrics.filter((metric) => metric.difference !== null);
	const metric = withDifference.find(({ name }) => name === "correctness") ?? withDifference[0];
	if (metric?.difference == null) return null;
	const { name, difference, delta, isDeltaContradicted } = metric;
	return {
		name,
		difference,
		sampleSize,
		contradictedDelta: isDeltaContradicted && isFigure(delta) ? delta : null,
	};
}

/** A key as words: `refusal_rate` is read "refusal rate". */
export function wordsOf(key: string): string {
	return key.replaceAll("_", " ");
}
