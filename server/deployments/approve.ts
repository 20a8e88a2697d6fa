import type { DecisionBody } from "@/lib/contract/deployment";
import { signatureOf } from "../auth/caller";
import type { VerbContext } from "../context";
import { decideDeployment } from "./decide";

/**
 * Ships a proposal, in the name of the owner or the API key that approves it. The deployment has no field
 * for the reason, if one is given: it is kept in the decision.
 */
export async function approveDeployment(context: VerbContext, id: string, { reason = "" }: DecisionBody) {
	return decideDeployment(context, id, {
		decision: "approve",
		event: "deployment.approved",
		reason,
		stamps: (now) => ({ shipped_at: now, approved_by: signatureOf(context.caller.actor) }),
	});
}
