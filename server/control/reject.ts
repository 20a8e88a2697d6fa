import type { DecisionBody } from "@/lib/contract/deployment";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import { writeOnce } from "../once";
import { controlActionAnswer } from "./answer";
import { lockControlAction } from "./load";
import { moveParked } from "./move-parked";
import { requireParked } from "./require-parked";

/** Closes a parked action without running it, and keeps who said so and why in its result. */
export async function rejectControlAction(context: VerbContext, id: string, { reason = "" }: DecisionBody) {
	const { caller } = context;
	return writeOnce(context, async (tx) => {
		const before = await lockControlAction(tx, caller.tenantId, id);
		requireAllowedToWrite("decide_action", caller);
		await requireParked(tx, before);
		const after = await moveParked(tx, context, before, {
			decision: "reject",
			event: "control_action.rejected",
			reason,
			to: { status: "failed", result: { rejected_by: caller.actor.id, reason } },
			metadata: {},
		});
		return controlActionAnswer(after);
	});
}
