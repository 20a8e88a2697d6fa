import type { DeploymentStatus } from "../../contract/deployment-status";
import { type QueueView, queueViews, statusesOfView } from "../../contract/queue-terms";
import type { Role } from "../../contract/role";

export const viewLabels: Record<QueueView, string> = {
	"needs-decision": "Needs a decision",
	running: "Running",
	live: "Live",
	regressed: "Regressed",
	closed: "Closed",
	all: "All",
};

/** What is opened when the link names no view: what waits for this role. Who cannot decide sees all. */
function defaultView(role: Role | null): QueueView {
	return role === "owner" ? "needs-decision" : "all";
}

/**
 * The view and the states of a link. A state that the view does not hold wins over the view: whoever asks
 * for a state wants to see it.
 */
export function viewOf(
	asked: { view: QueueView | null; status: DeploymentStatus | null },
	role: Role | null,
): { view: QueueView; statuses: readonly DeploymentStatus[] } {
	const view = asked.view ?? defaultView(role);
	const ofView: readonly DeploymentStatus[] = statusesOfView[view];
	if (asked.status === null) return { view, statuses: ofView };
	return { view: ofView.includes(asked.status) ? view : "all", statuses: [asked.status] };
}

/** How many there are; `isExact` is false where counting was given up and there may be more. */
export interface Count {
	total: number;
	isExact: boolean;
}

/** The count of each view from the counts of the states. A state that was not counted makes a view inexact. */
export function countViews(ofStatuses: Readonly<Record<string, Count>>): Record<QueueView, Count> {
	const counts = queueViews.map((view) => [view, countStatuses(ofStatuses, statusesOfView[view])] as const);
	// The cast: every view has been given its count.
	return Object.fromEntries(counts) as Record<QueueView, Count>;
}

/** The count of several states together. */
export function countStatuses(
	ofStatuses: Readonly<Record<string, Count>>,
	statuses: readonly DeploymentStatus[],
): Count {
	return statuses.reduce<Count>(
		(sum, status) => {
			const one = ofStatuses[status];
			return {
				total: sum.total + (one?.total ?? 0),
				isExact: sum.isExact && one?.isExact === true,
			};
		},
		{ total: 0, isExact: true },
	);
}
