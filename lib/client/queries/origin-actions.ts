import { queryOptions } from "@tanstack/react-query";
import type { ControlAction } from "../../contract/control-action";
import type { ApiClient } from "../api-client";
import { controlKeys } from "./control";
import { liveRead } from "./polling";

const pageSize = 100;
const pagesMax = 5;

/** The control actions that were asked for from the page of one deployment, newest first. */
export interface OriginActions {
	actions: ControlAction[];
	/** False where there are more than the 500 that are read. */
	isComplete: boolean;
}

/**
 * What was asked for from a deployment. To be asked of a server that keeps it: any other lists every action, and
 * those without this origin are left out here.
 */
export function originActionsQuery(client: ApiClient, deploymentId: string) {
	return queryOptions({
		queryKey: [...controlKeys.actions, "origin", deploymentId] as const,
		queryFn: async ({ signal }): Promise<OriginActions> => {
			const actions: ControlAction[] = [];
			let cursor: string | null = null;
			for (let page = 0; page < pagesMax; page += 1) {
				const answer = await client.listControlActions({ deploymentId, cursor, limit: pageSize }, { signal });
				actions.push(...answer.actions.filter(({ deployment_id }) => deployment_id === deploymentId));
				cursor = answer.has_more ? (answer.next_cursor ?? null) : null;
				if (cursor === null) return { actions, isComplete: true };
			}
			return { actions, isComplete: false };
		},
		...liveRead,
	});
}
