import type { AuditEvent } from "./events";

/**
 * Which decision each event tells of; null where it can tell of none. Every event is listed, so that a new
 * one cannot be forgotten here.
 */
const decisions: Record<AuditEvent, string | null> = {
	"deployment.proposed": null,
	"deployment.approved": "approve",
	"deployment.rejected": "reject",
	"deployment.rolled_back": "rollback",
	"deployment.regressed": null,
	"project.created": null,
	"project.changed": null,
	"api_key.created": null,
	"api_key.revoked": null,
	"control_action.requested": "execute",
	"control_action.executed": null,
	"control_action.failed": null,
	"control_action.refused": null,
	"control_action.escalated": "escalate",
	"control_action.approved": "approve",
	"control_action.rejected": "reject",
	"kill_switch.enabled": "enable",
	"kill_switch.disabled": "disable",
};

/** The events that come from a decision, with its word. */
export const decisionEvents = Object.entries(decisions).filter(
	(pair): pair is [AuditEvent, string] => pair[1] !== null,
);
