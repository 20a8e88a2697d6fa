import type { JsonObject } from "../../contract/identifiers";
import { assessMetrics } from "./assess-metrics";
import { directionOf } from "./direction";
import { isFigure } from "./figure";
import { figureInWords, listInWords, nameInWords, signedInWords, valueInWords } from "./in-words";
import { mainMetricOf } from "./main-metric";
import {
	type AbMetric,
	type AbReport,
	arms,
	type Inconsistency,
	type MetricAssessment,
	type ReadFault,
} from "./model";
import { readAbReport } from "./read";

/**
 * All that does not fit together in a report, in the order in which it matters: status against evidence,
 * deltas against arms, impossible values, sizes, what is missing. `assessments` are those of the report.
 */
export function findInconsistencies(
	report: AbReport,
	assessments: readonly MetricAssessment[],
	status: string,
): Inconsistency[] {
	const all = [
		...againstStatus(status, assessments),
		...report.metrics.flatMap(deltaFault),
		...assessments.flatMap(impossibleValues),
		...unequalArms(report.metrics),
		...report.faults.map(faultInWords),
	];
	// A metric that is given a thousand times is said once.
	return [...new Map(all.map((one) => [one.sentence, one])).values()];
}

/**
 * Says where status and report contradict each other: a passed test in which the main metric got worse, a
 * failed one in which it got better and nothing was shown to be worse. Null when they agree.
 */
export function contradictionOf(status: string, report: JsonObject): string | null {
	if (status !== "ab_passed" && status !== "ab_failed") return null;
	return againstStatus(status, assessMetrics(readAbReport(report)))[0]?.sentence ?? null;
}

function againstStatus(status: string, assessments: readonly MetricAssessment[]): Inconsistency[] {
	const metric = mainMetricOf(assessments.map((one) => one.metric));
	const main = assessments.find((one) => one.metric === metric);
	if (metric?.difference == null || main === undefined) return [];
	const words = nameInWords(metric.name);
	const moved = metric.difference > 0 ? "rose" : "fell";
	const found = { kind: "status" as const, metric: metric.name };
	if (status === "ab_passed" && main.movement === "worse") {
		const mayBeChance = main.interval !== null && !main.isShown;
		const sentence = `The status says that the test was passed, but in the report ${words} ${moved}${mayBeChance ? ", which may be chance" : ""}.`;
		return [{ ...found, isContradiction: !mayBeChance, sentence }];
	}
	const isExplained = assessments.some((one) => one.isShown && one.movement === "worse");
	if (status === "ab_failed" && main.movement === "better" && !isExplained) {
		// A rise that may be chance is a good reason for a test to fail.
		const sentence = `The status says that the test failed, but in the report ${words} ${moved}${main.isShown ? "" : ", which may be chance"}.`;
		return [{ ...found, isContradiction: main.isShown, sentence }];
	}
	return [];
}

function deltaFault({ name, delta, difference, deltaReading }: AbMetric): Inconsistency[] {
	if (deltaReading === null || deltaReading === "difference" || !isFigure(delta)) return [];
	const words = nameInWords(name);
	const figures = `${signedInWords(delta)}, and candidate − baseline is ${signedInWords(difference ?? 0)}`;
	const found = { kind: "delta" as const, metric: name };
	if (deltaReading === "other") {
		const sentence = `The report gives the delta of ${words} as ${figures}.`;
		return [{ ...found, isContradiction: directionOf(name) !== "unknown", sentence }];
	}
	const reading = deltaReading === "relative" ? "the relative change" : "percentage points";
	const sentence = `The delta of ${words} is read as ${reading}: it is given as ${figures}.`;
	return [{ ...found, isContradiction: false, sentence }];
}

function impossibleValues({ metric, scale, direction }: MetricAssessment): Inconsistency[] {
	const { name } = metric;
	const words = nameInWords(name);
	const found: Inconsistency[] = scale.isImpossible
		? [
				{
					kind: "impossible",
					metric: name,
					isContradiction: direction !== "unknown",
					sentence: `Impossible values: ${scale.sentence}`,
				},
			]
		: [];
	const isCounted = scale.kind === "count" || scale.kind === "duration" || scale.kind === "cost";
	for (const arm of arms) {
		const value = metric[arm];
		if (value === undefined || value === null) {
			const kind = "missing" as const;
			const sentence = `${words} has no value for the ${arm}.`;
			found.push({ kind, metric: name, isContradiction: false, sentence });
		} else if (!isFigure(value)) {
			const sentence = `${words} of the ${arm} is ${valueInWords(value)}, which is no number.`;
			found.push({ kind: "impossible", metric: name, isContradiction: false, sentence });
		} else if (isCounted && value < 0) {
			const sentence = `${words} of the ${arm} is ${figureInWords(value)}: a ${scale.kind} cannot be negative.`;
			const isContradiction = direction !== "unknown";
			found.push({ kind: "impossible", metric: name, isContradiction, sentence });
		}
	}
	const { delta } = metric;
	if (delta !== undefined && delta !== null && !isFigure(delta)) {
		const sentence = `The delta of ${words} is ${valueInWords(delta)}, which is no number.`;
		found.push({ kind: "impossible", metric: name, isContradiction: false, sentence });
	}
	return found;
}

/** Said once for each pair of sizes, not for every metric that has it. */
function unequalArms(metrics: readonly AbMetric[]): Inconsistency[] {
	const sentences = new Set<string>();
	for (const { cases } of metrics) {
		const { baseline, candidate } = cases;
		if (baseline === null || candidate === null || baseline === candidate) continue;
		sentences.add(
			`The arms have not the same number of cases: ${figureInWords(baseline)} in the baseline, ${figureInWords(candidate)} in the candidate.`,
		);
	}
	return [...sentences].map((sentence) => ({
		kind: "sample-size",
		metric: null,
		isContradiction: false,
		sentence,
	}));
}

function faultInWords(fault: ReadFault): Inconsistency {
	switch (fault.kind) {
		case "size":
			return {
				kind: "sample-size",
				metric: null,
				isContradiction: false,
				sentence: `${nameInWords(fault.key)} is ${valueInWords(fault.value)}, which is no number of cases.`,
			};
		case "sizes": {
			const others = fault.others.map(({ key, value }) => `${figureInWords(value)} (${nameInWords(key)})`);
			return {
				kind: "sample-size",
				metric: null,
				isContradiction: false,
				sentence: `The report gives more than one number of cases: ${figureInWords(fault.used)} is used, and there is ${listInWords(others)}.`,
			};
		}
		case "lonely":
			return {
				kind: "missing",
				metric: fault.name,
				isContradiction: false,
				sentence: `${nameInWords(fault.name)} has a ${fault.has} and nothing to compare it with.`,
			};
		case "too-many":
			return {
				kind: "missing",
				metric: null,
				isContradiction: true,
				sentence: `The report holds more than ${figureInWords(fault.most)} metrics. The first ${figureInWords(fault.most)} are compared; whether one of the others got worse is not known.`,
			};
		case "repeated":
			return {
				kind: "repeated",
				metric: fault.name,
				isContradiction: !fault.isSame && directionOf(fault.name) !== "unknown",
				sentence: fault.isSame
					? `${nameInWords(fault.name)} is given twice, with the same figures.`
					: `${nameInWords(fault.name)} is given twice, with different figures.`,
			};
	}
}
