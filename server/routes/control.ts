import {
	controlActionListQuerySchema,
	executeRequestSchema,
	promisedControlActionPageSchema,
	promisedControlActionSchema,
} from "@/lib/contract/control-action";
import { promisedKillSwitchSchema } from "@/lib/contract/kill-switch";
import { executeControlAction } from "../control/execute";
import { listControlActions } from "../control/list";
import { disableKillSwitch } from "../kill-switch/disable";
import { enableKillSwitch } from "../kill-switch/enable";
import { getKillSwitch } from "../kill-switch/get";
import { endpoint } from "./endpoint";

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
		path: "/v1/control/actions",
		summary: "A page of the control actions, newest first",
		operation: "read",
		query: controlActionListQuerySchema,
		answer: promisedControlActionPageSchema,
		handle: (context, { query }) => listControlActions(context, query),
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
		answer: promisedKillSwitchSchema,
		handle: (context) => enableKillSwitch(context),
	}),
	endpoint({
		method: "POST",
		path: "/v1/control/killswitch/disable",
		summary: "Turn the kill switch off",
		operation: "use_kill_switch",
		answer: promisedKillSwitchSchema,
		handle: (context) => disableKillSwitch(context),
	}),
];
