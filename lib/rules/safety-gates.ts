import type { ControlActionType, EscalationReason } from "../contract/control-action-types";

/** The actions that try to mend a trace. Only these are counted and gated: `agent_action` does other work. */
export const remediatingTypes = [
	"retry",
	"fallback_model",
	"prompt_modification",
] as const satisfies readonly ControlActionType[];

/** What has run on a trace already, or is running. */
export interface RemediationCounts {
	/** `retry` under the policy of the new action. */
	retryCount: number;
	/** All remediating actions, across policies. */
	cascadeCount: number;
}

export interface GateLimits {
	maxRetryDepth: number;
	maxCascadeDepth: number;
}

/** True for an action that leaves, or should leave, a remediated span. */
export function isRemediating(actionType: ControlActionType): boolean {
	return remediatingTypes.some((type) => type === actionType);
}

/**
 * The safety gate that stops one more action of this type on a trace, or null when it may run. The cascade
 * gate is asked first, so that a trace at both limits is reported as the wider trouble.
 */
export function trippedGate(
	actionType: ControlActionType,
	{ retryCount, cascadeCount }: RemediationCounts,
	{ maxRetryDepth, maxCascadeDepth }: GateLimits,
): EscalationReason | null {
	if (!isRemediating(actionType)) return null;
	if (cascadeCount >= maxCascadeDepth) return "cascade_depth_exhausted";
	if (actionType === "retry" && retryCount >= maxRetryDepth) return "retry_threshold_exceeded";
	return null;
}
