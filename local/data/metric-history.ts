import { createHash } from "node:crypto";
import type { SampleDeployment } from "./types";

interface SampleMetricPoint {
	hoursAgo: number;
	value: number;
}

const pointsMax = 48;
/** A rolling metric says nothing in the first minutes, when it has seen hardly any traffic. */
const firstAfterHours = 0.5;
const noise = 0.006;

/**
 * What the rolling metric of a deployment that has shipped was before its present value, oldest first: the same in
 * every run. It begins near zero, as against itself, and ends near the present value; one that has regressed holds
 * for a while and then falls. Empty for a deployment that is not measured.
 */
export function metricHistoryOf(sample: SampleDeployment): SampleMetricPoint[] {
	const { key, regressionMetric: last, shippedHoursAgo, updatedHoursAgo: until, regressedHoursAgo } = sample;
	if (typeof last !== "number" || shippedHoursAgo === undefined) return [];
	const span = shippedHoursAgo - firstAfterHours - until;
	const count = Math.min(pointsMax, Math.floor(span * 4));
	const hasFallen = regressedHoursAgo !== undefined;
	return Array.from({ length: Math.max(count, 0) }, (_, index) => {
		const passed = index / count;
		const trend = last * (hasFallen ? passed ** 4 : 1 - (1 - passed) ** 3);
		const value = trend + noise * (1 - passed / 2) * wobble(key, index);
		return { hoursAgo: until + span * (1 - passed), value: Number(value.toFixed(4)) };
	});
}

/** From −1 to 1, by nothing but the key and the place. */
function wobble(key: string, index: number): number {
	return createHash("sha256").update(`${key}/${index}`).digest().readUInt32BE(0) / 2 ** 31 - 1;
}
