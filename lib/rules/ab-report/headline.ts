import type { JsonObject } from "../../contract/identifiers";
import { isFigure } from "./figure";
import { mainMetricOf } from "./main-metric";
import { readAbReport } from "./read";

export interface Headline {
	name: string;
	/** Candidate − baseline. */
	difference: number;
	/** Cases in each arm; null where it is not said, or is another in each. */
	sampleSize: number | null;
	/** The report's own delta, where it is another than its arms give. */
	contradictedDelta: number | null;
}

/** What the queue shows of a report: its main metric, or null where no metric has a difference. */
export function headlineOf(report: JsonObject): Headline | null {
	const metric = mainMetricOf(readAbReport(report).metrics);
	if (metric?.difference == null) return null;
	const { name, difference, delta, isDeltaContradicted, cases } = metric;
	return {
		name,
		difference,
		sampleSize: cases.baseline === cases.candidate ? cases.baseline : null,
		contradictedDelta: isDeltaContradicted && isFigure(delta) ? delta : null,
	};
}
