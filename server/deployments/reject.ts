import type { DecisionBody } from "@/lib/contract/deployment";
import type { VerbContext } from "../context";
import { decideDeployment } from "./decide";

/** Refuses a deployment that is not closed yet, and keeps the reason. */
export async function rejectDeployment(context: VerbContext, id: string, { reason = "" }: DecisionBody) {
	return decideDeployment(context, id, {
		decision: "reject",
		event: "deployment.rejected",
		reason,
		stamps: () => ({ rejection_reason: reason }),
	});
}
