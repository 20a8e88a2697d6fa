import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Deployment, DeploymentSummary } from "../../contract/deployment";
import type { DeploymentStatus } from "../../contract/deployment-status";
import type { ApiClient } from "../api-client";
import { liveRead } from "./polling";

const root = ["deployments"] as const;
export const deploymentKeys = {
	all: root,
	detail: (id: string) => [...root, "detail", id] as const,
	/** All rows of the queue, by whatever question. */
	queueRows: [...root, "queue", "list"] as const,
};

/**
 * Has everything about deployments read again that is on screen, after a decision. Not the rows of the queue:
 * those stay where they are and are brought up to date in place.
 */
export function refreshDeployments(queryClient: QueryClient): Promise<void> {
	const [, ...rows] = deploymentKeys.queueRows;
	return queryClient.invalidateQueries({
		queryKey: deploymentKeys.all,
		predicate: ({ queryKey }) => !rows.every((part, index) => queryKey[index + 1] === part),
	});
}

/** One deployment without its prompts, which do not change while its state does. */
export function deploymentQuery(client: ApiClient, id: string) {
	return queryOptions({
		queryKey: deploymentKeys.detail(id),
		queryFn: ({ signal }) => client.getDeploymentSummary(id, { signal }),
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
		refetchInterval: (query) => (query.state.data === null ? false : liveRead.refetchInterval(query)),
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
