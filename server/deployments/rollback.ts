import type { DecisionBody } from "@/lib/contract/deployment";
import type { VerbContext } from "../context";
import { decideDeployment } from "./decide";

/**
 * Takes a live deployment back. `approved_by` stays whoever approved it: only an automatic rollback signs
 * there. Who rolled back, and why, is in the decision.
 */
export async function rollbackDeployment(context: VerbContext, id: string, { reason = "" }: DecisionBody) {
	return decideDeployment(context, id, {
		decision: "rollback",
		event: "deployment.rolled_back",
		reason,
		stamps: (now) => ({ rolled_back_at: now }),
	});
}
