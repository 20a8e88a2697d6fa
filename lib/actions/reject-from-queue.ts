"use server";

import { z } from "zod";
import type { DeploymentSummary } from "../contract/deployment";
import { decideAsSeen, decisionFields, givenReasonSchema, seenStateSchema } from "./decide-as-seen";
import { perform } from "./perform";
import type { ActionResult } from "./result";

const rowSchema = z.strictObject({
	...decisionFields,
	seenState: seenStateSchema,
	reason: givenReasonSchema,
});

/**
 * Rejects one row of the queue. Argument: `{id, seenState, idempotencyKey, reason}`, the state as the row showed
 * it; its texts were not on screen, so they are not compared.
 */
export async function rejectFromQueue(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("reject", rowSchema, argument, (api, { seenState, ...sent }) =>
		decideAsSeen(api, "reject", { ...sent, state: seenState, contentKey: null }),
	);
}
