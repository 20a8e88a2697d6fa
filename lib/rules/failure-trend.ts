import type { FailureCluster } from "../contract/failure-cluster";

/** A cluster with how often it failed in the last 24 hours and in the 24 hours before; null where not known. */
export interface FailureTrend {
	cluster: FailureCluster;
	lastDay: number | null;
	dayBefore: number | null;
}

/** What was counted in each of the two windows of time. */
interface Windows {
	lastDay: readonly FailureCluster[];
	dayBefore: readonly FailureCluster[];
}

/** A list as long as this may have been cut, so what it does not name may have failed all the same. */
const cutAfter = 200;

/**
 * Puts three counts of the same clusters together. Two days never hold more failures than there are: an API whose
 * counts say so does not heed the window, and then there is no trend to speak of.
 */
export function trendsOf(all: readonly FailureCluster[], { lastDay, dayBefore }: Windows): FailureTrend[] {
	const [last, before] = [countsOf(lastDay), countsOf(dayBefore)];
	const trends = all.map((cluster) => ({
		cluster,
		lastDay: last(cluster.error_message),
		dayBefore: before(cluster.error_message),
	}));
	const isHeeded = trends.every((one) => (one.lastDay ?? 0) + (one.dayBefore ?? 0) <= one.cluster.count);
	return isHeeded ? trends : all.map((cluster) => ({ cluster, lastDay: null, dayBefore: null }));
}

/** The trend in words: `12 in 24 h, 5 in the 24 h before`. */
export function trendInWords({ lastDay, dayBefore }: FailureTrend): string {
	if (lastDay === null || dayBefore === null) return "trend not known";
	if (lastDay === 0 && dayBefore === 0) return "none in 48 h";
	const sign = lastDay > dayBefore ? "▲ " : lastDay < dayBefore ? "▼ " : "";
	return `${sign}${lastDay} in 24 h, ${dayBefore} in the 24 h before`;
}

function countsOf(clusters: readonly FailureCluster[]): (message: string) => number | null {
	const counts = new Map(clusters.map(({ error_message, count }) => [error_message, count]));
	const otherwise = clusters.length >= cutAfter ? null : 0;
	return (message) => counts.get(message) ?? otherwise;
}
