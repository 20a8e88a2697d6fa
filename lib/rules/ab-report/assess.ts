import type { JsonObject } from "../../contract/identifiers";
import { assessMetrics } from "./assess-metrics";
import { findInconsistencies } from "./consistency";
import { figureInWords } from "./in-words";
import type { AbAssessment, MetricAssessment } from "./model";
import { readAbReport } from "./read";
import { judgeReport } from "./verdict";

/**
 * Reads, calculates and judges a report of any shape, for a deployment in this status. The result is data
 * that JSON can carry as far as the report itself is. Never throws.
 */
export function assessAbReport(report: JsonObject, status: string): AbAssessment {
	const read = readAbReport(report);
	const metrics = assessMetrics(read);
	const inconsistencies = findInconsistencies(read, metrics, status);
	return {
		report: read,
		metrics,
		inconsistencies,
		verdict: judgeReport(metrics, inconsistencies),
		assumption: assumptionOf(metrics),
	};
}

function assumptionOf(metrics: readonly MetricAssessment[]): string | null {
	const sizes = new Set(
		metrics
			.filter(({ interval }) => interval !== null)
			.map(({ metric }) =>
				metric.cases.baseline === metric.cases.candidate
					? `${figureInWords(metric.cases.baseline ?? 0)} cases in each arm`
					: `${figureInWords(metric.cases.baseline ?? 0)} and ${figureInWords(metric.cases.candidate ?? 0)} cases`,
			),
	);
	if (sizes.size === 0) return null;
	const [only] = sizes.size === 1 ? sizes : ["The cases of each metric"];
	return `${only}, compared as if the two arms were different cases; a replay of the same cases is paired, so the true interval is as a rule narrower.`;
}
