"use server";

import { z } from "zod";
import { type ControlAction, executeRequestSchema } from "../contract/control-action";
import type { KillSwitch } from "../contract/kill-switch";
import { givenReasonSchema } from "./decide-as-seen";
import { perform } from "./perform";
import type { ActionResult } from "./result";

// The contract has no reason here; this desk asks for one, because whoever is woken by it will.
const killSwitchSchema = z.strictObject({ active: z.boolean(), reason: givenReasonSchema });

/** Executes a control action. Argument: the body of `POST /v1/control/execute`. */
export async function executeControlAction(argument: unknown): Promise<ActionResult<ControlAction>> {
	return perform("execute_action", executeRequestSchema, argument, (api, input) => api.execute(input));
}

/** Turns the kill switch on or off. Argument: `{active, reason}`, the reason at most 2,000 characters. */
export async function setKillSwitch(argument: unknown): Promise<ActionResult<KillSwitch>> {
	return perform("use_kill_switch", killSwitchSchema, argument, (api, input) =>
		api.setKillSwitch(input.active, input.reason),
	);
}
