import type { ControlAction } from "@/lib/contract/control-action";
import type { ControlActionStatus, ControlActionType } from "@/lib/contract/control-action-types";
import { rejectionOf } from "@/lib/rules/control-action/outcome";

const types: Record<ControlActionType, string> = {
	retry: "Retry",
	fallback_model: "Fallback model",
	prompt_modification: "Prompt modification",
	agent_action: "Agent action",
	escalate: "Escalate",
};

const statuses: Record<ControlActionStatus, string> = {
	pending: "Pending",
	pending_approval: "Waiting for approval",
	executed: "Executed",
	failed: "Failed",
};

/** The words for a type of action; one that we do not know is shown as it came. */
export function actionTypeLabel(type: string): string {
	return Object.hasOwn(types, type) ? types[type as ControlActionType] : type;
}

/** The words for the state of an action; one that we do not know is shown as it came. */
export function actionStatusLabel(status: string): string {
	return Object.hasOwn(statuses, status) ? statuses[status as ControlActionStatus] : status;
}

/** How an action stands, in a word: the contract calls one that was rejected “failed”, though it never ran. */
export function actionStateLabel(action: Pick<ControlAction, "status" | "result">): string {
	return rejectionOf(action) === null ? actionStatusLabel(action.status) : "Rejected";
}
