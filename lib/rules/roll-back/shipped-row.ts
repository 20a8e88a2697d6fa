import type { Deployment } from "../../contract/deployment";
import { liveStatuses } from "../prompt-checks/stale-base";

/** What is looked at of a deployment that is or was live. */
export interface ShippedRow
	extends Pick<Deployment, "id" | "status" | "shipped_at" | "rolled_back_at" | "approved_by"> {
	/** Absent where it was not read. */
	proposed_prompt?: string;
}

/** The deployment that may be rolled back, whole. */
export type LiveDeployment = Pick<
	Deployment,
	"id" | "status" | "created_at" | "shipped_at" | "current_prompt" | "proposed_prompt"
>;

/** The states of a deployment that is or was live, as a list of an API is asked for them. */
export const shippedStatuses = [...liveStatuses, "rolled_back"] as const;

/** True where the row was live at a moment, in milliseconds, as far as it tells. */
export function wasLiveAt({ status, shipped_at, rolled_back_at }: ShippedRow, time: number): boolean {
	if (!(timeOf(shipped_at) <= time)) return false;
	return status === "rolled_back" ? timeOf(rolled_back_at) > time : isLiveStatus(status);
}

export function isLiveStatus(status: string): boolean {
	return liveStatuses.some((known) => known === status);
}

/** The row that shipped last; null where there is none with a date that can be read. */
export function lastShipped(rows: readonly ShippedRow[]): ShippedRow | null {
	return byShipping(rows)[0] ?? null;
}

/** Those with a date that can be read, the one that shipped last first. */
export function byShipping(rows: readonly ShippedRow[]): ShippedRow[] {
	return rows
		.filter(({ shipped_at }) => !Number.isNaN(timeOf(shipped_at)))
		.sort((one, other) => timeOf(other.shipped_at) - timeOf(one.shipped_at));
}

/** In milliseconds; NaN for no date, which is neither before nor after any other. */
export function timeOf(iso: string | null | undefined): number {
	return Date.parse(iso ?? "");
}
