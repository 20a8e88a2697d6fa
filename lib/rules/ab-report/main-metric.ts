import { directionOf } from "./direction";
import type { AbMetric } from "./model";

/**
 * The metric that stands for a report: correctness, else the first of which more is better, else the first
 * of which it is known what is better, else the first at all. Only those with a difference count.
 */
export function mainMetricOf(metrics: readonly AbMetric[]): AbMetric | null {
	const withDifference = metrics.filter(({ difference }) => difference !== null);
	return (
		withDifference.find(({ name }) => name === "correctness") ??
		withDifference.find(({ name }) => directionOf(name) === "higher") ??
		withDifference.find(({ name }) => directionOf(name) !== "unknown") ??
		withDifference[0] ??
		null
	);
}
