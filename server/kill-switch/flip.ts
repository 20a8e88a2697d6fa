import { and, eq } from "drizzle-orm";
import { theOnlyRow } from "../affected-rows";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import { killSwitches } from "../db/schema";
import { recordDecision } from "../decisions/record";
import { writeOnce } from "../once";
import { lockKillSwitch, readKillSwitch } from "./state";

/** Where the switch is to be, and why; the reason may be empty. */
interface Turn {
	active: boolean;
	reason: string;
}

/**
 * Turns the kill switch to a position. One that is there already stays, and nothing is recorded: the answer
 * names who has turned it there.
 */
export async function flipKillSwitch(context: VerbContext, { active, reason }: Turn) {
	const { clock, caller } = context;
	requireAllowedToWrite("use_kill_switch", caller);
	const { tenantId } = caller;
	return writeOnce(context, async (tx) => {
		if ((await lockKillSwitch(tx, clock, tenantId)) === active) return readKillSwitch(tx, tenantId);
		const now = clock();
		const flipped = await tx.orm
			.update(killSwitches)
			.set({ active, updatedAt: now })
			.where(and(eq(killSwitches.tenantId, tenantId), eq(killSwitches.active, !active)))
			.returning({ active: killSwitches.active });
		theOnlyRow(flipped, "The kill switch");
		await recordDecision(tx, {
			tenantId,
			subject: { kind: "kill_switch", id: tenantId },
			decision: active ? "enable" : "disable",
			fromStatus: active ? "off" : "on",
			toStatus: active ? "on" : "off",
			actor: caller.actor,
			reason,
			contentHash: null,
			event: active ? "kill_switch.enabled" : "kill_switch.disabled",
			metadata: {},
			at: now,
		});
		return readKillSwitch(tx, tenantId);
	});
}
