import type { DeploymentStatus } from "@/lib/contract/deployment-status";

/** Counting beyond this is given up: nobody reads the difference between 1,000 and 40,000. */
export const countedMax = 1_000;

/** Rows of a state; at least so many where `is_exact` is false. */
export interface StateCount {
	total: number;
	is_exact: boolean;
}

/** A state that is not in it has none, and that is exact. */
export type StateCounts = Map<DeploymentStatus, StateCount>;

/** What was counted, cut to what is told. */
export function atMost(counted: number, isWhole = true): StateCount {
	return { total: Math.min(counted, countedMax), is_exact: isWhole && counted <= countedMax };
}
