import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ControlAction } from "../../contract/control-action";
import { isSettled, rejectionOf } from "../../rules/control-action/outcome";
import { pauseBeforeMs } from "../../rules/growing-pause";
import type { ApiClient } from "../api-client";
import { ApiError } from "../api-error";
import type { ControlActionFilters } from "../control-actions-api";
import { liveRead } from "./polling";

const root = ["control"] as const;
export const controlKeys = {
	all: root,
	killSwitch: [...root, "kill-switch"] as const,
	actions: [...root, "actions"] as const,
	parked: [...root, "parked"] as const,
};

/** The control actions, newest first, a page at a time. */
export function controlActionsQuery(client: ApiClient, filters: ControlActionFilters = {}) {
	const { traceId = null, status = null, actionType = null, projectId = null } = filters;
	return infiniteQueryOptions({
		queryKey: [...controlKeys.actions, { traceId, status, actionType, projectId }] as const,
		queryFn: ({ pageParam, signal }) =>
			client.listControlActions(
				{ traceId, status, actionType, projectId, cursor: pageParam, limit: 50 },
				{ signal },
			),
		initialPageParam: null as string | null,
		getNextPageParam: (page) => (page.has_more ? (page.next_cursor ?? null) : null),
		...liveRead,
	});
}

/** Where the contract alone is spoken, an action is looked for in the newest 500. */
const soughtPageSize = 100;
const soughtPagesMax = 5;

/**
 * One control action. `isSingle` says that the server answers one by its id, which is our addition; of any other
 * the newest 500 are looked through, and an older one is as good as none (404).
 */
export function controlActionQuery(client: ApiClient, id: string, isSingle: boolean) {
	return queryOptions({
		queryKey: [...controlKeys.actions, "one", id] as const,
		queryFn: ({ signal }) =>
			isSingle ? client.getControlAction(id, { signal }) : findInList(client, id, signal),
		...liveRead,
		// What has ended stays as it is.
		refetchInterval: ({ state }) =>
			state.data !== undefined && isSettled(state.data.status) ? false : liveRead.refetchInterval({ state }),
	});
}

async function findInList(client: ApiClient, id: string, signal: AbortSignal): Promise<ControlAction> {
	let cursor: string | null = null;
	for (let page = 0; page < soughtPagesMax; page += 1) {
		const answer = await client.listControlActions({ cursor, limit: soughtPageSize }, { signal });
		const found = answer.actions.find((action) => action.id === id);
		if (found !== undefined) return found;
		cursor = answer.has_more ? (answer.next_cursor ?? null) : null;
		if (cursor === null) break;
	}
	throw new ApiError("This action is not among the newest 500, and this API answers none by its id.", {
		status: 404,
		code: "not_found",
		outcome: "refused",
	});
}

/** What waits for an owner, the one that has waited longest first; for owners, who alone are told. */
export function parkedActionsQuery(client: ApiClient) {
	return queryOptions({
		queryKey: controlKeys.parked,
		queryFn: ({ signal }) => client.listParkedActions({ signal }),
		...liveRead,
	});
}

/**
 * What an action has changed. While the API compares it is asked again, after 1, 2, 4 … 30 s; `askedBefore` is how
 * often it had been when somebody last began to wait, or null where nobody waits any more.
 */
export function remediationDiffQuery(
	client: ApiClient,
	{ id, updated_at }: Pick<ControlAction, "id" | "updated_at">,
	askedBefore: number | null = 0,
) {
	return queryOptions({
		// By the state of the action as well: what had left nothing may have been run since.
		queryKey: [...root, "diff", id, updated_at] as const,
		queryFn: ({ signal }) => client.getRemediationDiff(id, { signal }),
		staleTime: Number.POSITIVE_INFINITY,
		refetchInterval: ({ state }) => {
			if (state.data?.kind !== "pending" || askedBefore === null) return false;
			return pauseBeforeMs(timesAsked(state) - askedBefore);
		},
		refetchIntervalInBackground: false,
	});
}

/** How often a question was answered, well or not. */
export function timesAsked(state: { dataUpdateCount: number; errorUpdateCount: number } | undefined): number {
	return state === undefined ? 0 : state.dataUpdateCount + state.errorUpdateCount;
}

/** Who did something to an action, and when. */
export interface ActionDeed {
	by: string;
	at: string;
}

export interface ActionPeople {
	asked: ActionDeed | null;
	approved: ActionDeed | null;
}

const secondMs = 1_000;
const none: ActionPeople = { asked: null, approved: null };

/**
 * Who asked for an action and who let it run, as the audit log tells: for those who may read that, and null where
 * it does not say. Who rejected one stands in its result.
 */
export function actionPeopleQuery(client: ApiClient, action: ControlAction) {
	return queryOptions({
		queryKey: [...root, "people", action.id, action.updated_at] as const,
		queryFn: async ({ signal }): Promise<ActionPeople> => {
			const [created, updated] = [Date.parse(action.created_at), Date.parse(action.updated_at)];
			if (!Number.isFinite(created) || !Number.isFinite(updated)) return none;
			const find = async (event: string, from: number, to: number): Promise<ActionDeed | null> => {
				const { entries } = await client.listAuditEntries(
					{ event, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
					{ signal },
				);
				const entry = entries.find(({ resource_id }) => resource_id === action.id);
				return entry === undefined ? null : { by: entry.actor_id, at: entry.created_at };
			};
			const isEscalated = action.action_type === "escalate";
			const mayBeApproved =
				isEscalated && action.status !== "pending_approval" && rejectionOf(action) === null;
			const [asked, approved] = await Promise.all([
				find(
					isEscalated ? "control_action.escalated" : "control_action.requested",
					created - secondMs,
					created + secondMs,
				),
				mayBeApproved
					? find("control_action.approved", created - secondMs, updated + secondMs)
					: Promise.resolve(null),
			]);
			return { asked, approved };
		},
		staleTime: Number.POSITIVE_INFINITY,
	});
}

/** Whether the kill switch of this organization is on. */
export function killSwitchQuery(client: ApiClient) {
	return queryOptions({
		queryKey: controlKeys.killSwitch,
		queryFn: ({ signal }) => client.getKillSwitch({ signal }),
		...liveRead,
	});
}
