import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Deployment, DeploymentSummary } from "../../contract/deployment";
import { type DeploymentStatus, deploymentStatuses } from "../../contract/deployment-status";
import type { ApiClient } from "../api-client";
import { liveRead } from "./polling";

/** Rows on a page of the queue. */
export const deploymentsPageSize = 50;

const root = ["deployments"] as const;
export const deploymentKeys = {
	all: root,
	detail: (id: string) => [...root, "detail", id] as const,
};

export interface DeploymentQueueParams {
	status: string | null;
	projectId: string | null;
	/** Counted from 1. */
	page: number;
}

/** A page of the queue. */
export function deploymentPageQuery(client: ApiClient, params: DeploymentQueueParams) {
	return queryOptions({
		queryKey: [...root, "list", params] as const,
		queryFn: ({ signal }) =>
			client.listDeployments(
				{
					status: params.status,
					projectId: params.projectId,
					limit: deploymentsPageSize,
					offset: (params.page - 1) * deploymentsPageSize,
				},
				{ signal },
			),
		placeholderData: keepPreviousData,
		...liveRead,
	});
}

/** How many deployments stand in each state, and in all. */
export type DeploymentCounts = Record<DeploymentStatus | "all", number>;

/** The counts beside the filters. The contract answers one state at a time, so this asks ten times. */
export function deploymentCountsQuery(client: ApiClient, projectId: string | null) {
	return queryOptions({
		queryKey: [...root, "counts", projectId] as const,
		queryFn: async ({ signal }): Promise<DeploymentCounts> => {
			const count = async (status: DeploymentStatus | null) =>
				(await client.listDeployments({ status, projectId, limit: 1, offset: 0 }, { signal })).total;
			const [all, ...each] = await Promise.all([count(null), ...deploymentStatuses.map(count)]);
			const counts = Object.fromEntries(
				deploymentStatuses.map((status, index) => [status, each[index] ?? 0]),
			) as Record<DeploymentStatus, number>;
			return { ...counts, all };
		},
		placeholderData: keepPreviousData,
		...liveRead,
	});
}

/** One deployment without its prompts, which do not change while its state does. */
export function deploymentQuery(client: ApiClient, id: string) {
	return queryOptions({
		queryKey: deploymentKeys.detail(id),
		queryFn: async ({ signal }) => summaryOf(await client.getDeployment(id, { signal })),
		...liveRead,
	});
}

/** Both prompts of a deployment, exactly as the API holds them. */
export interface Prompts {
	current: string;
	proposed: string;
}

/** Both prompts of a deployment: read once, for who wants to copy them or to see every line. */
export function promptsQuery(client: ApiClient, id: string) {
	return queryOptions({
		queryKey: [...root, "prompts", id] as const,
		queryFn: async ({ signal }) => promptsOf(await client.getDeployment(id, { signal })),
		staleTime: Number.POSITIVE_INFINITY,
	});
}

/** The prompts of a record. */
export function promptsOf({ current_prompt, proposed_prompt }: Deployment): Prompts {
	return { current: current_prompt, proposed: proposed_prompt };
}

/** A record without its prompts. */
export function summaryOf({
	current_prompt: _,
	proposed_prompt: __,
	...summary
}: Deployment): DeploymentSummary {
	return summary;
}

/** Who decided what about one deployment, oldest first; null where the API keeps no such list. */
export function decisionsQuery(client: ApiClient, id: string) {
	return queryOptions({
		queryKey: [...root, "decisions", id] as const,
		queryFn: ({ signal }) => client.listDecisions(id, { signal }),
		...liveRead,
		// A server without the list will not grow one while the page is open.
		refetchInterval: (query) => (query.state.data === null ? false : liveRead.refetchInterval),
	});
}

/** What is hurting users now: the newest regressed deployments, for the banner on every page. */
export function regressedDeploymentsQuery(client: ApiClient) {
	return queryOptions({
		queryKey: [...root, "regressed"] as const,
		queryFn: ({ signal }) =>
			client.listDeployments(
				{ status: "regressed" satisfies DeploymentStatus, limit: 5, offset: 0 },
				{ signal },
			),
		...liveRead,
	});
}
