/** The nine states of a prompt deployment, in the order of the lifecycle. */
export const deploymentStatuses = [
	"proposed",
	"ab_running",
	"ab_passed",
	"ab_failed",
	"shipped",
	"monitoring",
	"regressed",
	"rolled_back",
	"rejected",
] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** The known state that a word names, or null: a newer API may send words that we have never seen. */
export function knownStatus(status: string): DeploymentStatus | null {
	return deploymentStatuses.find((known) => known === status) ?? null;
}

/** Who acted where no person did; kept in `approved_by` by the contract. */
export const autoshipActor = "system:autoship";
export const autoRollbackActor = "system:auto_rollback";
