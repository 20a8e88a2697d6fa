import {
	controlActionListQuerySchema,
	executeRequestSchema,
	promisedControlActionPageSchema,
	promisedControlActionSchema,
	promisedParkedActionsSchema,
} from "@/lib/contract/control-action";
import { decisionBodySchema } from "@/lib/contract/deployment";
import { promisedKillSwitchSchema } from "@/lib/contract/kill-switch";
import {
	promisedRemediationDiffPendingSchema,
	promisedRemediationDiffSchema,
} from "@/lib/contract/remediation";
import { approveControlAction } from "../control/approve";
import { executeControlAction } from "../control/execute";
import { getControlAction } from "../control/get";
import { getRemediationDiff } from "../control/get-diff";
import { listControlActions } from "../control/list";
import { listParkedActions } from "../control/list-parked";
import { rejectControlAction } from "../control/reject";
import { disableKillSwitch } from "../kill-switch/disable";
import { enableKillSwitch } from "../kill-switch/enable";
import { getKillSwitch } from "../kill-switch/get";
import { endpoint } from "./endpoint";

const actions = "/v1/control/actions";

/** `/v1/control` */
export const controlEndpoints = [
	endpoint({
		method: "POST",
		path: "/v1/control/execute",
		summary: "Execute a control action",
		operation: "execute_action",
		body: { schema: executeRequestSchema },
		status: 201,
		answer: promisedControlActionSchema,
		refusals: ["not_found", "error.kill_switch_active"],
		handle: (context, { body }) => executeControlAction(context, body),
	}),
	endpoint({
		method: "GET",
		path: actions,
		summary: "A page of the control actions, newest first",
		operation: "read",
		query: controlActionListQuerySchema,
		answer: promisedControlActionPageSchema,
		handle: (context, { query }) => listControlActions(context, query),
	}),
	// Before `:id`, which would take the word for an id.
	endpoint({
		method: "GET",
		path: `${actions}/pending`,
		summary: "The control actions that wait for an owner, oldest first",
		operation: "list_parked_actions",
		answer: promisedParkedActionsSchema,
		handle: (context) => listParkedActions(context),
	}),
	endpoint({
		method: "GET",
		path: `${actions}/:id`,
		summary: "One control action (our addition)",
		operation: "read",
		answer: promisedControlActionSchema,
		refusals: ["not_found"],
		handle: (context, { id }) => getControlAction(context, id),
	}),
	endpoint({
		method: "POST",
		path: `${actions}/:id/approve`,
		summary: "Approve a parked control action and run it",
		operation: "decide_action",
		answer: promisedControlActionSchema,
		refusals: ["not_found", "already_decided", "error.kill_switch_active"],
		handle: (context, { id }) => approveControlAction(context, id),
	}),
	endpoint({
		method: "POST",
		path: `${actions}/:id/reject`,
		summary: "Reject a parked control action",
		operation: "decide_action",
		body: { schema: decisionBodySchema, isOptional: true },
		answer: promisedControlActionSchema,
		refusals: ["not_found", "already_decided"],
		handle: (context, { id, body }) => rejectControlAction(context, id, body),
	}),
	endpoint({
		method: "GET",
		path: `${actions}/:id/diff`,
		summary: "What an executed control action has made of its span",
		operation: "read",
		answer: promisedRemediationDiffSchema,
		later: { schema: promisedRemediationDiffPendingSchema, isMeant: (answer) => "status" in answer },
		refusals: ["not_found", "no_remediated_span"],
		handle: (context, { id }) => getRemediationDiff(context, id),
	}),
	endpoint({
		method: "GET",
		path: "/v1/control/killswitch",
		summary: "Whether the kill switch is on",
		operation: "read",
		answer: promisedKillSwitchSchema,
		handle: (context) => getKillSwitch(context),
	}),
	endpoint({
		method: "POST",
		path: "/v1/control/killswitch/enable",
		summary: "Turn the kill switch on: no control action starts",
		operation: "use_kill_switch",
		body: { schema: decisionBodySchema, isOptional: true },
		answer: promisedKillSwitchSchema,
		handle: (context, { body }) => enableKillSwitch(context, body),
	}),
	endpoint({
		method: "POST",
		path: "/v1/control/killswitch/disable",
		summary: "Turn the kill switch off",
		operation: "use_kill_switch",
		body: { schema: decisionBodySchema, isOptional: true },
		answer: promisedKillSwitchSchema,
		handle: (context, { body }) => disableKillSwitch(context, body),
	}),
];
