import type { JsonObject } from "@/lib/contract/identifiers";
import { appendAuditEntry } from "../audit/append";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { ApiError } from "../errors/api-error";
import { lockKillSwitch } from "../kill-switch/state";

/**
 * The refusal of an action while the kill switch is on, or null. Its audit entry is all that stays of the
 * request, so the refusal is handed back and not thrown: that would roll the entry back.
 */
export async function refuseIfStopped(
	tx: Transaction,
	{ clock, caller }: VerbContext,
	{ resourceId, metadata }: { resourceId: string | null; metadata: JsonObject },
): Promise<ApiError | null> {
	if (!(await lockKillSwitch(tx, clock, caller.tenantId))) return null;
	await appendAuditEntry(tx, {
		tenantId: caller.tenantId,
		event: "control_action.refused",
		actor: caller.actor,
		resourceId,
		metadata: { ...metadata, code: "error.kill_switch_active" },
		at: clock(),
	});
	return new ApiError(
		"error.kill_switch_active",
		"The kill switch is on, so no control action was started. An owner can turn it off.",
	);
}
