import {
	controlActionListQuerySchema,
	executeRequestSchema,
	promisedControlActionPageSchema,
	promisedControlActionSchema,
} from "@/lib/contract/control-action";
import { promisedKillSwitchSchema } from "@/lib/contract/kill-switch";
import type { Services } from "../context";
import { executeControlAction } from "../control/execute";
import { listControlActions } from "../control/list";
import { disableKillSwitch } from "../kill-switch/disable";
import { enableKillSwitch } from "../kill-switch/enable";
import { getKillSwitch } from "../kill-switch/get";
import { endpoint } from "./endpoint";

/** `/v1/control` */
export function controlEndpoints(services: Services) {
	return [
		endpoint({
			method: "POST",
			path: "/v1/control/execute",
			body: { schema: executeRequestSchema },
			status: 201,
			answer: promisedControlActionSchema,
			handle: ({ caller, body }) => executeControlAction({ ...services, caller }, body),
		}),
		endpoint({
			method: "GET",
			path: "/v1/control/actions",
			query: controlActionListQuerySchema,
			answer: promisedControlActionPageSchema,
			handle: ({ caller, query }) => listControlActions({ ...services, caller }, query),
		}),
		endpoint({
			method: "GET",
			path: "/v1/control/killswitch",
			answer: promisedKillSwitchSchema,
			handle: ({ caller }) => getKillSwitch({ ...services, caller }),
		}),
		endpoint({
			method: "POST",
			path: "/v1/control/killswitch/enable",
			answer: promisedKillSwitchSchema,
			handle: ({ caller }) => enableKillSwitch({ ...services, caller }),
		}),
		endpoint({
			method: "POST",
			path: "/v1/control/killswitch/disable",
			answer: promisedKillSwitchSchema,
			handle: ({ caller }) => disableKillSwitch({ ...services, caller }),
		}),
	];
}
