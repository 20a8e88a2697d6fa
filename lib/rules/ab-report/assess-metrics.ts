import { closestResults, type SuccessRange, successesOf } from "./counts";
import { directionOf } from "./direction";
import { isFigure, withoutFloatNoise } from "./figure";
import { holmAdjusted } from "./holm";
import { figureInWords, nameInWords, pValueInWords } from "./in-words";
import { differenceInterval } from "./interval";
import type { AbMetric, AbReport, Arm, Direction, Interval, MetricAssessment, Scale } from "./model";
import { twoSidedPValue } from "./p-value";
import { detectableDifference } from "./power";
import { scaleOf } from "./scale";

const significance = 0.05;

/** Calculates what each metric of a report proves, in the report's order. Never throws. */
export function assessMetrics(report: AbReport): MetricAssessment[] {
	const assessed = report.metrics.map(assessAlone);
	const tested = assessed.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
	const adjusted = holmAdjusted(tested)[Symbol.iterator]();
	return assessed.map((one) => (one.pValue === null ? one : withCorrection(one, adjusted.next().value ?? 1)));
}

function assessAlone(metric: AbMetric): MetricAssessment {
	const { name, baseline, candidate, difference } = metric;
	const direction = directionOf(name);
	const scale =
		isFigure(baseline) && isFigure(candidate)
			? scaleOf(name, baseline, candidate)
			: { kind: "unknown" as const, sentence: "Not both arms are numbers.", isImpossible: false };
	const proof = proofOf(metric, scale);
	return {
		metric,
		scale,
		direction,
		relativeChange:
			difference === null || !isFigure(baseline) || baseline === 0
				? null
				: finiteOrNull(withoutFloatNoise(difference / Math.abs(baseline))),
		...(typeof proof === "string"
			? { interval: null, pValue: null, detectable: null, remarks: [], whyNot: proof }
			: { ...proof, whyNot: null }),
		adjustedPValue: null,
		isShown: false,
		movement: movementOf(direction, difference),
	};
}

type Proof = Pick<MetricAssessment, "interval" | "pValue" | "detectable" | "remarks">;

/** Interval, p-value and power of one metric, or the sentence that says why there are none. */
function proofOf({ name, baseline, candidate, cases }: AbMetric, scale: Scale): Proof | string {
	const words = nameInWords(name);
	if (!isFigure(baseline) || !isFigure(candidate)) {
		return `No interval for ${words}: it has no number in both arms.`;
	}
	if (scale.isImpossible) return `No interval: ${scale.sentence}`;
	if (scale.kind !== "rate" && scale.kind !== "percent") {
		return `No interval for ${words}: only a share of the cases has one here. ${scale.sentence}`;
	}
	const { baseline: baselineCases, candidate: candidateCases } = cases;
	if (baselineCases === null || candidateCases === null) {
		return `No interval for ${words}: the report does not say how many cases it rests on.`;
	}
	const unit = scale.kind === "percent" ? 100 : 1;
	const from = { range: successesOf(baseline, unit, baselineCases), cases: baselineCases };
	const to = { range: successesOf(candidate, unit, candidateCases), cases: candidateCases };
	const closest = closestResults(from, to);
	const detectable = detectableDifference(baseline / unit, {
		baseline: baselineCases,
		candidate: candidateCases,
	});
	return {
		interval: inUnit(widestInterval(from, to), unit),
		pValue: closest === null ? 1 : twoSidedPValue(closest.baseline, closest.candidate),
		detectable: { rise: timesOrNull(detectable.rise, unit), fall: timesOrNull(detectable.fall, unit) },
		remarks: [
			scale.sentence,
			...countRemarks(words, { baseline, candidate }, from, "baseline"),
			...countRemarks(words, { baseline, candidate }, to, "candidate"),
			...(from.range.kind === "rounded" || to.range.kind === "rounded"
				? [
						`${words} may be rounded more coarsely than one case; the interval and the p-value allow for that.`,
					]
				: []),
		],
	};
}

interface ArmRange {
	range: SuccessRange;
	cases: number;
}

/** Covers every number of successes that the printed shares may stand for. */
function widestInterval(from: ArmRange, to: ArmRange): Interval {
	const result = ({ range, cases }: ArmRange, end: "least" | "most") => ({
		successes: range.kind === "none" ? range.plain : range[end],
		cases,
	});
	return {
		low: differenceInterval(result(from, "most"), result(to, "least")).low,
		high: differenceInterval(result(from, "least"), result(to, "most")).high,
	};
}

function countRemarks(
	words: string,
	values: Record<Arm, number>,
	{ range, cases }: ArmRange,
	arm: Arm,
): string[] {
	if (range.kind !== "none") return [];
	return [
		`${words} of the ${arm}, ${figureInWords(values[arm])}, is not a whole number of ${figureInWords(cases)} cases (${figureInWords(range.plain)}); if it is a mean of scores, its true interval is narrower.`,
	];
}

/** Adds the corrected p-value, what follows from it, and what is borderline. */
function withCorrection(one: MetricAssessment, adjustedPValue: number): MetricAssessment {
	const { pValue, interval } = one;
	const leavesOutZero = interval !== null && (interval.low > 0 || interval.high < 0);
	const isLikely = pValue !== null && pValue < significance;
	const isShown = adjustedPValue < significance && leavesOutZero;
	const remarks = [...one.remarks];
	if (pValue !== null && leavesOutZero !== isLikely) {
		remarks.push(
			leavesOutZero
				? `Borderline: the interval leaves out zero, but ${pValueInWords(pValue)}; it is not counted as shown.`
				: `Borderline: ${pValueInWords(pValue)}, but the interval holds zero; it is not counted as shown.`,
		);
	} else if (pValue !== null && isLikely && !isShown) {
		remarks.push(
			`With several metrics one looks like this by chance now and then: corrected for their number, ${pValueInWords(pValue)} becomes ${pValueInWords(adjustedPValue)}.`,
		);
	}
	return { ...one, adjustedPValue, isShown, remarks };
}

function movementOf(direction: Direction, difference: number | null): MetricAssessment["movement"] {
	if (difference === 0) return "same";
	if (difference === null || direction === "unknown") return "unclear";
	return difference > 0 === (direction === "higher") ? "better" : "worse";
}

function inUnit({ low, high }: Interval, unit: number): Interval {
	return unit === 1
		? { low, high }
		: { low: withoutFloatNoise(low * unit), high: withoutFloatNoise(high * unit) };
}

function timesOrNull(value: number | null, unit: number): number | null {
	return value === null || unit === 1 ? value : withoutFloatNoise(value * unit);
}

function finiteOrNull(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
