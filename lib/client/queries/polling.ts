import type { Query } from "@tanstack/react-query";
import { liveState } from "../live-state";

/** How often a screen asks again while its tab is visible. */
const refreshIntervalMs = 5_000;
/** The same where the server tells of changes: what it may have failed to tell shows after this. */
const liveRefreshIntervalMs = 60_000;
/** The longest that a read may have been on its way when the stream began. */
const settleMs = 5_000;

/**
 * How long until the next read. It is long only for what this browser has read, more than once, since changes
 * are told: what came with the page may be older than the first thing that the stream has told.
 */
export function refreshAfterMs(state: Pick<Query["state"], "dataUpdatedAt" | "dataUpdateCount">): number {
	const since = liveState.liveSince();
	const isSettled = since !== null && state.dataUpdatedAt > since + settleMs && state.dataUpdateCount > 1;
	return isSettled ? liveRefreshIntervalMs : refreshIntervalMs;
}

/** What every live read of a screen has in common: polled while visible, quiet in a hidden tab. */
export const liveRead = {
	refetchInterval: ({ state }: { state: Pick<Query["state"], "dataUpdatedAt" | "dataUpdateCount"> }) =>
		refreshAfterMs(state),
	refetchIntervalInBackground: false,
	// A reply younger than a second is not asked for again by a second component on the same screen.
	staleTime: 1_000,
} as const;
