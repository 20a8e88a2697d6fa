import { queryOptions } from "@tanstack/react-query";
import type { DeploymentStatus } from "../../contract/deployment-status";
import type { QueueRow } from "../../contract/queue";
import type { ApiClient } from "../api-client";
import { deploymentKeys } from "./deployments";
import { liveRead } from "./polling";

/** More than this many at once are no list that anybody puts out one by one. */
const firesMax = 50;
const regressed = "regressed" satisfies DeploymentStatus;

/** What regressed, as it came. */
export interface Fires {
	items: QueueRow[];
	/** False where there are more than the 50 that are read. */
	isComplete: boolean;
}

/**
 * Every regressed deployment, up to 50. A server that announces the queue tells since when each is regressed
 * (`status_since`); any other is asked for what the contract has.
 */
export function firesQuery(client: ApiClient, hasQueue: boolean) {
	return queryOptions({
		queryKey: [...deploymentKeys.all, "fires", hasQueue] as const,
		queryFn: async ({ signal }): Promise<Fires> => {
			if (hasQueue) {
				const question = { statuses: [regressed], sort: "newest", limit: firesMax };
				const { items, next_cursor } = await client.listQueue(question, { signal });
				return { items, isComplete: next_cursor === null };
			}
			const page = await client.listDeployments(
				{ status: regressed, limit: firesMax, offset: 0 },
				{ signal },
			);
			return { items: page.items, isComplete: page.items.length >= page.total };
		},
		...liveRead,
	});
}
