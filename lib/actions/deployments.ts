"use server";

import { z } from "zod";
import type { Deployment } from "../contract/deployment";
import { hasVisibleCharacter, reasonSchema } from "../contract/text";
import { perform } from "./perform";
import type { ActionResult } from "./result";

const id = z.string().min(1).max(200);
const approvalSchema = z.strictObject({ id });
// The contract leaves the reason open; this desk asks for it, because an auditor will.
const givenReason = reasonSchema.refine(hasVisibleCharacter, "must say something");
const reasonedSchema = z.strictObject({ id, reason: givenReason });

/** Approves a deployment, which ships it at once. Argument: `{id}`. */
export async function approveDeployment(argument: unknown): Promise<ActionResult<Deployment>> {
	return perform("approve", approvalSchema, argument, (api, input) => api.decide(input.id, "approve"));
}

/** Rejects a deployment. Argument: `{id, reason}`, the reason at most 2,000 characters. */
export async function rejectDeployment(argument: unknown): Promise<ActionResult<Deployment>> {
	return perform("reject", reasonedSchema, argument, (api, input) =>
		api.decide(input.id, "reject", { reason: input.reason }),
	);
}

/** Takes a live deployment back to what it replaced. Argument: `{id, reason}`. */
export async function rollBackDeployment(argument: unknown): Promise<ActionResult<Deployment>> {
	return perform("rollback", reasonedSchema, argument, (api, input) =>
		api.decide(input.id, "rollback", { reason: input.reason }),
	);
}
