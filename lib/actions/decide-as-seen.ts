import "server-only";
import { z } from "zod";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { summaryOf } from "../client/queries/deployments";
import { hasVisibleCharacter } from "../contract/characters";
import type { Deployment, DeploymentSummary } from "../contract/deployment";
import { reasonSchema } from "../contract/text";
import { contentKeyOf } from "../review/prepare-review";
import type { Decision } from "../rules/lifecycle";
import { changesSince, type SeenState, seenStateOf } from "../rules/seen-record";

const moment = z.string().max(100).nullable();
/** The state of a record as a browser sends back what it has shown. */
export const seenStateSchema = z.strictObject({
	status: z.string().max(100),
	shipped_at: moment,
	rolled_back_at: moment,
	approved_by: z.string().max(500).nullable(),
	rejection_reason: z.string().max(20_000),
}) satisfies z.ZodType<SeenState>;

/** What every decision carries besides what was seen. The key is made in the browser, one for each decision. */
export const decisionFields = {
	id: z.string().min(1).max(200),
	idempotencyKey: z.uuid(),
};

// The contract leaves the reason open; this desk asks for it, because an auditor will.
export const givenReasonSchema = reasonSchema.refine(hasVisibleCharacter, "must say something");

export interface DecisionAsSeen {
	id: string;
	state: SeenState;
	/** Null where the texts were not on screen: a row of the queue shows none of them. */
	contentKey: string | null;
	idempotencyKey: string;
	reason: string;
}

/**
 * Decides on the record that was seen and on no other. It is read and compared here, texts and all where they
 * were seen, and its `ETag` goes with the decision, so that nothing changes between the look and the deed. A
 * server without `If-Match` leaves a window of one round trip, with its own state check behind it.
 */
export async function decideAsSeen(
	api: ApiClient,
	decision: Decision,
	seen: DecisionAsSeen,
	check?: (api: ApiClient, now: Deployment, reason: string) => Promise<void>,
): Promise<DeploymentSummary> {
	const { id, reason, idempotencyKey } = seen;
	const { data: now, tag } = await api.getDeploymentForTag(id);
	if (hasOtherContent(now, seen) || changesSince(seen.state, seenStateOf(now)).length > 0) {
		throw await changedSinceSeen(api, now, seen);
	}
	await check?.(api, now, reason);
	try {
		return summaryOf(await api.decide(id, decision, { reason, tag, idempotencyKey }));
	} catch (error) {
		if (!(error instanceof ApiError) || error.code !== "precondition_failed") throw error;
		throw await changedSinceSeen(api, await api.getDeployment(id), seen);
	}
}

function hasOtherContent(now: Deployment, { contentKey }: DecisionAsSeen): boolean {
	return contentKey !== null && contentKeyOf(now) !== contentKey;
}

/** The refusal that tells what the record is now, and who has made it so where the API knows. */
async function changedSinceSeen(api: ApiClient, now: Deployment, seen: DecisionAsSeen): Promise<ApiError> {
	const latest = (await api.listDecisions(now.id).catch(() => null))?.at(-1);
	const current = {
		status: now.status,
		by: latest?.actor_id ?? null,
		at: latest?.created_at ?? now.updated_at,
		reason: latest?.reason ?? null,
	};
	const isOtherContent = hasOtherContent(now, seen);
	const since = seen.contentKey === null ? "it was listed" : "you opened it";
	const message = isOtherContent
		? `A prompt, the rationale or the report has changed since ${since}.`
		: `The record has changed since ${since}.`;
	return new ApiError(message, {
		status: 409,
		code: isOtherContent ? "content_changed" : "changed_since_seen",
		outcome: "refused",
		body: { error: message, current },
	});
}
