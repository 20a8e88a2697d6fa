import type { VerbContext } from "../context";
import { decideDeployment } from "./decide";

/** Ships a proposal, in the name of the owner who approves it. */
export async function approveDeployment(context: VerbContext, id: string) {
	return decideDeployment(context, id, {
		decision: "approve",
		event: "deployment.approved",
		reason: "",
		stamps: (now) => ({ shipped_at: now, approved_by: context.caller.actor.id }),
	});
}
