"use server";

import { z } from "zod";
import { type ControlAction, executeRequestSchema } from "../contract/control-action";
import type { KillSwitch } from "../contract/kill-switch";
import { perform } from "./perform";
import type { ActionResult } from "./result";

const killSwitchSchema = z.strictObject({ active: z.boolean() });

/** Executes a control action. Argument: the body of `POST /v1/control/execute`. */
export async function executeControlAction(argument: unknown): Promise<ActionResult<ControlAction>> {
	return perform("execute_action", executeRequestSchema, argument, (api, input) => api.execute(input));
}

/** Turns the kill switch on or off. Argument: `{active}`. */
export async function setKillSwitch(argument: unknown): Promise<ActionResult<KillSwitch>> {
	return perform("use_kill_switch", killSwitchSchema, argument, (api, input) =>
		api.setKillSwitch(input.active),
	);
}
