import { queryOptions } from "@tanstack/react-query";
import type { DeploymentStatus } from "../../contract/deployment-status";
import type { ApiClient } from "../api-client";
import { deploymentKeys } from "./deployments";

/** What waits for a decision, in the order in which it is looked at. */
const waitingStatuses = ["ab_passed", "proposed"] as const satisfies readonly DeploymentStatus[];
/** Of each state; more than this is no list that anybody goes through one by one. */
const idsMax = 50;

/** The deployments that wait for a decision: those that have passed their test first, each newest first. */
export function reviewQueueQuery(client: ApiClient) {
	return queryOptions({
		queryKey: [...deploymentKeys.all, "review-queue"] as const,
		queryFn: async ({ signal }): Promise<{ ids: string[]; total: number }> => {
			const pages = await Promise.all(
				waitingStatuses.map((status) =>
					client.listDeployments({ status, limit: idsMax, offset: 0 }, { signal }),
				),
			);
			return {
				ids: pages.flatMap(({ items }) => items.map(({ id }) => id)),
				total: pages.reduce((sum, { total }) => sum + total, 0),
			};
		},
		staleTime: 30_000,
	});
}
