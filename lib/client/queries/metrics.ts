import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../api-client";
import { deploymentKeys } from "./deployments";
import { liveRead } from "./polling";

/** A rolling metric moves slowly, and what comes between two reads is kept by the server. */
const refreshIntervalMs = 15_000;

/** What the metric of a deployment has been, oldest first; null where the API keeps no history. */
export function metricsQuery(client: ApiClient, id: string) {
	return queryOptions({
		queryKey: [...deploymentKeys.all, "metrics", id] as const,
		queryFn: ({ signal }) => client.listMetrics(id, { signal }),
		...liveRead,
		// A server without a history will not grow one while the page is open.
		refetchInterval: (query) => (query.state.data === null ? false : refreshIntervalMs),
	});
}
