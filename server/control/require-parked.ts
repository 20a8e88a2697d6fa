import type { ControlActionStatus } from "@/lib/contract/control-action-types";
import type { Transaction } from "../db/database";
import { latestDecision } from "../decisions/latest";
import { ApiError } from "../errors/api-error";
import type { ControlActionRow } from "./answer";

const states: Record<ControlActionStatus, string> = {
	pending: "is running",
	pending_approval: "waits for approval",
	executed: "was executed",
	failed: "has failed or was rejected",
};

/** Throws 409, with the decision that was faster, unless the action waits for an owner. */
export async function requireParked(tx: Transaction, action: ControlActionRow): Promise<void> {
	if (action.status === "pending_approval") return;
	throw new ApiError(
		"already_decided",
		`Only a control action that waits for approval can be decided on. This one ${states[action.status]}.`,
		{ details: { current: await latestDecision(tx, "control_action", action) } },
	);
}
