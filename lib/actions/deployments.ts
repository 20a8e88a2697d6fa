"use server";

import { z } from "zod";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { summaryOf } from "../client/queries/deployments";
import { createQueryClient } from "../client/query-client";
import { hasVisibleCharacter } from "../contract/characters";
import type { Deployment, DeploymentSummary } from "../contract/deployment";
import { reasonSchema } from "../contract/text";
import { contentKeyOf, reviewWhole } from "../review/prepare-review";
import type { Decision } from "../rules/lifecycle";
import { namesMissing, overridesOf, saysMoreThanNames } from "../rules/overrides";
import { changesSince, type SeenState, seenStateOf } from "../rules/seen-record";
import { perform } from "./perform";
import type { ActionResult } from "./result";

const moment = z.string().max(100).nullable();
/** What the person looked at while deciding. */
const seenSchema = z.strictObject({
	contentKey: z.string().min(1).max(100),
	state: z.strictObject({
		status: z.string().max(100),
		shipped_at: moment,
		rolled_back_at: moment,
		approved_by: z.string().max(500).nullable(),
		rejection_reason: z.string().max(20_000),
	}) satisfies z.ZodType<SeenState>,
});
const decisionFields = {
	id: z.string().min(1).max(200),
	seen: seenSchema,
	/** Made in the browser when the dialog opens. */
	idempotencyKey: z.uuid(),
};
const approvalSchema = z.strictObject({ ...decisionFields, reason: reasonSchema });
// The contract leaves the reason open; this desk asks for it, because an auditor will.
const givenReason = reasonSchema.refine(hasVisibleCharacter, "must say something");
const reasonedSchema = z.strictObject({ ...decisionFields, reason: givenReason });

type Input = z.output<typeof approvalSchema>;

/**
 * Approves a deployment, which ships it at once. Argument: `{id, seen, idempotencyKey, reason}`; the reason
 * may be empty where nothing is overridden (`lib/rules/overrides.ts`).
 */
export async function approveDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("approve", approvalSchema, argument, (api, input) =>
		decideAsSeen(api, "approve", input, refuseUnnamedOverrides),
	);
}

/** Rejects a deployment. Argument: `{id, seen, idempotencyKey, reason}`, the reason at most 2,000 characters. */
export async function rejectDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("reject", reasonedSchema, argument, (api, input) => decideAsSeen(api, "reject", input));
}

/** Takes a live deployment back to what it replaced. Argument: `{id, seen, idempotencyKey, reason}`. */
export async function rollBackDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("rollback", reasonedSchema, argument, (api, input) => decideAsSeen(api, "rollback", input));
}

/**
 * Decides on the record that was seen and on no other. It is read and compared here, texts and all, and its
 * `ETag` goes with the decision, so that nothing changes between the look and the deed. A server without
 * `If-Match` leaves a window of one round trip, with its own state check behind it.
 */
async function decideAsSeen(
	api: ApiClient,
	decision: Decision,
	{ id, seen, idempotencyKey, reason }: Input,
	check?: (api: ApiClient, now: Deployment, reason: string) => Promise<void>,
): Promise<DeploymentSummary> {
	const { data: now, tag } = await api.getDeploymentForTag(id);
	const hasOtherContent = contentKeyOf(now) !== seen.contentKey;
	if (hasOtherContent || changesSince(seen.state, seenStateOf(now)).length > 0) {
		throw await changedSinceSeen(api, now, hasOtherContent);
	}
	await check?.(api, now, reason);
	try {
		return summaryOf(await api.decide(id, decision, { reason, tag, idempotencyKey }));
	} catch (error) {
		if (!(error instanceof ApiError) || error.code !== "precondition_failed") throw error;
		const later = await api.getDeployment(id);
		throw await changedSinceSeen(api, later, contentKeyOf(later) !== seen.contentKey);
	}
}

/** The refusal that tells what the record is now, and who has made it so where the API knows. */
async function changedSinceSeen(
	api: ApiClient,
	now: Deployment,
	hasOtherContent: boolean,
): Promise<ApiError> {
	const latest = (await api.listDecisions(now.id).catch(() => null))?.at(-1);
	const current = {
		status: now.status,
		by: latest?.actor_id ?? null,
		at: latest?.created_at ?? now.updated_at,
		reason: latest?.reason ?? null,
	};
	const message = hasOtherContent
		? "A prompt, the rationale or the report has changed since you opened it."
		: "The record has changed since you opened it.";
	return new ApiError(message, {
		status: 409,
		code: hasOtherContent ? "content_changed" : "changed_since_seen",
		outcome: "refused",
		body: { error: message, current },
	});
}

/** The checks never block; but what ships against them is named by who ships it, and the button asks the same. */
async function refuseUnnamedOverrides(api: ApiClient, now: Deployment, reason: string): Promise<void> {
	const { evidence, findings } = await reviewWhole(now, { api, queryClient: createQueryClient() });
	const overrides = overridesOf({ status: now.status, evidence, findings });
	if (overrides.length === 0) return;
	const missing = namesMissing(reason, overrides);
	if (missing.length === 0 && saysMoreThanNames(reason, overrides)) return;
	const message =
		missing.length === 0
			? "The reason names what is overridden, but does not say why."
			: `The reason has to name what is overridden: ${missing.join(", ")}.`;
	throw new ApiError(message, { status: 422, code: "override_not_named", outcome: "refused" });
}
