import { queryOptions } from "@tanstack/react-query";
import { type FailureTrend, trendsOf } from "../../rules/failure-trend";
import type { ApiClient } from "../api-client";

const dayMs = 24 * 3_600_000;
/** Counting failures reads many traces, and a minute says nothing of a trend. */
const refreshIntervalMs = 30_000;

/** The clusters of failures, as the API orders them, each with its trend. */
export function failureTrendsQuery(client: ApiClient) {
	return queryOptions({
		queryKey: ["failures", "trends"] as const,
		queryFn: async ({ signal }): Promise<FailureTrend[]> => {
			const now = Date.now();
			const at = (daysAgo: number) => new Date(now - daysAgo * dayMs).toISOString();
			const [all, lastDay, dayBefore] = await Promise.all([
				client.listFailureClusters({}, { signal }),
				client.listFailureClusters({ from: at(1), to: at(0) }, { signal }),
				client.listFailureClusters({ from: at(2), to: at(1) }, { signal }),
			]);
			return trendsOf(all, { lastDay, dayBefore });
		},
		refetchInterval: refreshIntervalMs,
		refetchIntervalInBackground: false,
		staleTime: 5_000,
	});
}
