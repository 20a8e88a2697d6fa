import { autoshipActor } from "@/lib/contract/deployment-status";
import type { Transaction } from "../db/database";
import { moveDeployment } from "./decide";
import type { DeploymentRow } from "./row";

/**
 * Ships a deployment that has passed its A/B test, where the project is set to `prompt_autoship_enabled`
 * [ref]. The product signs: no person has looked at it.
 */
export function autoshipDeployment(tx: Transaction, row: DeploymentRow, now: Date): Promise<DeploymentRow> {
	return moveDeployment(
		tx,
		row,
		{ type: "system", id: autoshipActor },
		{
			decision: "approve",
			event: "deployment.approved",
			reason: "",
			stamps: () => ({ shipped_at: now, approved_by: autoshipActor }),
		},
		now,
	);
}
