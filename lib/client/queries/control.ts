import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../api-client";
import { liveRead } from "./polling";

const root = ["control"] as const;
export const controlKeys = {
	all: root,
	killSwitch: [...root, "kill-switch"] as const,
	actions: [...root, "actions"] as const,
};

/** The control actions, newest first, a page at a time. */
export function controlActionsQuery(client: ApiClient, traceId: string | null = null) {
	return infiniteQueryOptions({
		queryKey: [...controlKeys.actions, traceId] as const,
		queryFn: ({ pageParam, signal }) =>
			client.listControlActions({ traceId, cursor: pageParam, limit: 50 }, { signal }),
		initialPageParam: null as string | null,
		getNextPageParam: (page) => (page.has_more ? (page.next_cursor ?? null) : null),
		...liveRead,
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
