import type { JsonObject } from "../../contract/identifiers";
import { assessAbReport } from "./assess";
import { nameInWords, roundedInWords } from "./in-words";
import { mainMetricOf } from "./main-metric";
import type { Verdict, VerdictKind } from "./model";

/** What a report proves, as a row of the queue says it; data that JSON can carry. */
export interface ShownVerdict {
	kind: VerdictKind;
	sentence: string;
	/** The metric whose figures stand beside the verdict, in words; null where there is none. */
	metric: string | null;
	difference: number | null;
	/** The ends of its 95 % interval, in figures; null where there is none. */
	interval: readonly [string, string] | null;
}

/** Reads a report for a row: the verdict, and the main metric, or where that did not decide, one that did. */
export function shownVerdictOf(report: JsonObject, status: string): ShownVerdict {
	const { verdict, metrics } = assessAbReport(report, status);
	const main = mainMetricOf(metrics.map(({ metric }) => metric))?.name;
	// A figure beside a verdict has to be one that it rests on.
	const name = main === undefined || isAbout(verdict, main) ? main : verdict.restsOn[0];
	const shown = metrics.find(({ metric }) => metric.name === name);
	const interval = shown?.interval;
	return {
		kind: verdict.kind,
		sentence: verdict.sentence,
		metric: name === undefined ? null : nameInWords(name),
		difference: shown?.metric.difference ?? null,
		interval: interval == null ? null : [roundedInWords(interval.low), roundedInWords(interval.high)],
	};
}

function isAbout({ restsOn }: Verdict, name: string): boolean {
	return restsOn.length === 0 || restsOn.includes(name);
}
