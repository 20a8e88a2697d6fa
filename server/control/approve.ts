import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import { lockControlAction } from "./load";
import { moveParked, toldOf } from "./move-parked";
import { refuseIfStopped } from "./refuse-if-stopped";
import { requireParked } from "./require-parked";
import { startAndRun } from "./run";

/** Lets a parked action run after all, and answers when it has. */
export async function approveControlAction(context: VerbContext, id: string) {
	const { caller, executor } = context;
	return startAndRun(context, async (tx) => {
		const before = await lockControlAction(tx, caller.tenantId, id);
		requireAllowedToWrite("decide_action", caller);
		await requireParked(tx, before);
		const refused = await refuseIfStopped(tx, context, { resourceId: id, metadata: toldOf(before) });
		if (refused !== null) return { refused };
		const run = await moveParked(tx, context, before, {
			decision: "approve",
			event: "control_action.approved",
			reason: "",
			to: { status: "pending" },
			metadata: { executor: executor.name },
		});
		return { run };
	});
}
