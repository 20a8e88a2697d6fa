"use server";

import { z } from "zod";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { createQueryClient } from "../client/query-client";
import type { Deployment, DeploymentSummary } from "../contract/deployment";
import { reasonSchema } from "../contract/text";
import { reviewWhole } from "../review/prepare-review";
import { namesMissing, overridesOf, saysMoreThanNames } from "../rules/overrides";
import { decideAsSeen, decisionFields, givenReasonSchema, seenStateSchema } from "./decide-as-seen";
import { perform } from "./perform";
import type { ActionResult } from "./result";

const reviewFields = {
	...decisionFields,
	/** What the person looked at while deciding. */
	seen: z.strictObject({ contentKey: z.string().min(1).max(100), state: seenStateSchema }),
};
const approvalSchema = z.strictObject({ ...reviewFields, reason: reasonSchema });
const reasonedSchema = z.strictObject({ ...reviewFields, reason: givenReasonSchema });

/**
 * Approves a deployment, which ships it at once. Argument: `{id, seen, idempotencyKey, reason}`; the reason
 * may be empty where nothing is overridden (`lib/rules/overrides.ts`).
 */
export async function approveDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("approve", approvalSchema, argument, (api, { seen, ...sent }) =>
		decideAsSeen(api, "approve", { ...sent, ...seen }, refuseUnnamedOverrides),
	);
}

/** Rejects a deployment. Argument: `{id, seen, idempotencyKey, reason}`, the reason at most 2,000 characters. */
export async function rejectDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("reject", reasonedSchema, argument, (api, { seen, ...sent }) =>
		decideAsSeen(api, "reject", { ...sent, ...seen }),
	);
}

/** Takes a live deployment back to what it replaced. Argument: `{id, seen, idempotencyKey, reason}`. */
export async function rollBackDeployment(argument: unknown): Promise<ActionResult<DeploymentSummary>> {
	return perform("rollback", reasonedSchema, argument, (api, { seen, ...sent }) =>
		decideAsSeen(api, "rollback", { ...sent, ...seen }),
	);
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
