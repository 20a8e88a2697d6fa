"use server";

import { z } from "zod";
import type { ControlAction } from "../contract/control-action";
import { decisionFields, givenReasonSchema } from "./decide-as-seen";
import { perform } from "./perform";
import type { ActionResult } from "./result";

const approvalSchema = z.strictObject(decisionFields);
const rejectionSchema = z.strictObject({ ...decisionFields, reason: givenReasonSchema });

/**
 * Lets a parked control action run, and answers when it has. Argument: `{id, idempotencyKey}`; the contract takes
 * no reason with it.
 */
export async function approveParkedAction(argument: unknown): Promise<ActionResult<ControlAction>> {
	return perform("decide_action", approvalSchema, argument, (api, { id, idempotencyKey }) =>
		api.decideParkedAction(id, "approve", { reason: "", idempotencyKey }),
	);
}

/** Closes a parked control action without running it. Argument: `{id, idempotencyKey, reason}`. */
export async function rejectParkedAction(argument: unknown): Promise<ActionResult<ControlAction>> {
	return perform("decide_action", rejectionSchema, argument, (api, { id, ...sent }) =>
		api.decideParkedAction(id, "reject", sent),
	);
}
