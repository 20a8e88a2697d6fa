/** What a person may ask for; `escalate` is only ever made by the system. */
export const requestableActionTypes = [
	"retry",
	"fallback_model",
	"prompt_modification",
	"agent_action",
] as const;
export const controlActionTypes = [...requestableActionTypes, "escalate"] as const;
export type RequestableActionType = (typeof requestableActionTypes)[number];
export type ControlActionType = (typeof controlActionTypes)[number];

/** Why the system has parked an action instead of running it. */
export type EscalationReason = "cascade_depth_exhausted" | "retry_threshold_exceeded";

export const controlActionStatuses = ["pending", "pending_approval", "executed", "failed"] as const;
export type ControlActionStatus = (typeof controlActionStatuses)[number];
