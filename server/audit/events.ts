/** Everything that the audit log can tell. */
export type AuditEvent =
	| "deployment.proposed"
	| "deployment.approved"
	| "deployment.rejected"
	| "deployment.rolled_back"
	| "deployment.regressed"
	| "project.created"
	| "control_action.requested"
	| "control_action.executed"
	| "control_action.failed"
	| "control_action.refused"
	| "kill_switch.enabled"
	| "kill_switch.disabled";
