/** How often a screen asks again while its tab is visible. */
const refreshIntervalMs = 5_000;

/** What every live read of a screen has in common: polled while visible, quiet in a hidden tab. */
export const liveRead = {
	refetchInterval: refreshIntervalMs,
	refetchIntervalInBackground: false,
	// A reply younger than a second is not asked for again by a second component on the same screen.
	staleTime: 1_000,
} as const;
