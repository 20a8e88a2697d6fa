"use server";

import { z } from "zod";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { summaryOf } from "../client/queries/deployments";
import type { DeploymentSummary } from "../contract/deployment";
import { hasVisibleCharacter, reasonSchema } from "../contract/text";
import type { Decision } from "../rules/lifecycle";
import { perform } from "./perform";
import type { ActionResult } from "./result";

/** `seen` is the `updated_at` of the record that the person looked at while deciding. */
const target = { id: z.string().min(1).max(200), seen: z.string().min(1).max(100) };
const approvalSchema = z.strictObject(target);
// The contract leaves the reason open; this desk asks for it, because an auditor will.
const givenReason = reasonSchema.refine(hasVisibleCharacter, "must say something");
const reasonedSchema = z.strictObject({ ...target, reason: givenReason });

/** Approves a deployment, which ships it at once. Argument: `{id, seen}`. */
export async function approveDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("approve", approvalSchema, argument, (api, input) => decideAsSeen(api, "approve", input));
}

/** Rejects a deployment. Argument: `{id, seen, reason}`, the reason at most 2,000 characters. */
export async function rejectDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("reject", reasonedSchema, argument, (api, input) => decideAsSeen(api, "reject", input));
}

/** Takes a live deployment back to what it replaced. Argument: `{id, seen, reason}`. */
export async function rollBackDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("rollback", reasonedSchema, argument, (api, input) => decideAsSeen(api, "rollback", input));
}

/**
 * Decides on the record that was seen: the contract has no `If-Match`, so the record is read and compared
 * first. The lifecycle alone would let a rejection meant for a proposal fall on a prompt that somebody
 * shipped a second ago. A window of one round trip stays, and the API's own state check behind it.
 */
async function decideAsSeen(
	api: ApiClient,
	decision: Decision,
	{ id, seen, reason }: { id: string; seen: string; reason?: string },
): Promise<DeploymentSummary> {
	const now = await api.getDeployment(id);
	if (now.updated_at !== seen) {
		const latest = (await api.listDecisions(id).catch(() => null))?.at(-1);
		const current = {
			status: now.status,
			by: latest?.actor_id ?? null,
			at: latest?.created_at ?? now.updated_at,
			reason: latest?.reason ?? null,
		};
		throw new ApiError("The record has changed since you opened it.", {
			status: 409,
			code: "changed_since_seen",
			outcome: "refused",
			body: { error: "The record has changed since you opened it.", current },
		});
	}
	return summaryOf(await api.decide(id, decision, reason === undefined ? undefined : { reason }));
}
