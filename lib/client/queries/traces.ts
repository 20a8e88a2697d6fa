import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../api-client";
import { liveRead } from "./polling";

const root = ["traces"] as const;
export const traceKeys = { all: root };

/** What is shown of the traces: those with an error, those without, or all. */
export type TraceOutcome = "failed" | "fine" | "all";

const hasError: Record<TraceOutcome, boolean | null> = { failed: true, fine: false, all: null };

/** The traces, newest first, a page at a time and without their spans. */
export function tracesQuery(client: ApiClient, outcome: TraceOutcome, projectId: string | null) {
	return infiniteQueryOptions({
		queryKey: [...root, "list", outcome, projectId] as const,
		queryFn: ({ pageParam, signal }) =>
			client.listTraces({ hasError: hasError[outcome], projectId, cursor: pageParam, limit: 50 }, { signal }),
		initialPageParam: null as string | null,
		getNextPageParam: (page) => (page.has_more ? (page.next_cursor ?? null) : null),
		...liveRead,
	});
}

const recentFailuresMax = 3;

/** The newest traces of a project that have an error. */
export function recentFailuresQuery(client: ApiClient, projectId: string) {
	return queryOptions({
		queryKey: [...root, "recent-failures", projectId] as const,
		queryFn: async ({ signal }) => {
			const query = { hasError: true, projectId, limit: recentFailuresMax };
			return (await client.listTraces(query, { signal })).traces;
		},
		staleTime: 10_000,
	});
}

/** One trace with its spans. It changes when an action has run on it, so it is read again with the actions. */
export function traceQuery(client: ApiClient, id: string) {
	return queryOptions({
		queryKey: [...root, "one", id] as const,
		queryFn: ({ signal }) => client.getTrace(id, { signal }),
		staleTime: 10_000,
	});
}

/** The control actions taken on a trace, oldest first. */
export function remediationsQuery(client: ApiClient, id: string) {
	return queryOptions({
		queryKey: [...root, "remediations", id] as const,
		queryFn: ({ signal }) => client.listRemediations(id, { signal }),
		...liveRead,
	});
}
