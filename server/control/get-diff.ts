import type { z } from "zod";
import type { promisedRemediationDiffPendingSchema } from "@/lib/contract/remediation";
import { isRemediating } from "@/lib/rules/safety-gates";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { ApiError } from "../errors/api-error";
import { loadControlAction } from "./load";
import { loadRemediationDiffs, type RemediationDiffAnswer } from "./remediation-diff";

export type PendingDiff = z.input<typeof promisedRemediationDiffPendingSchema>;

const pending: PendingDiff = { status: "pending", reason: "evaluation_incomplete" };

/** What an action has made of its span, or that it is not known yet; throws 422 when it never will be. */
export async function getRemediationDiff(
	{ db, caller }: VerbContext,
	id: string,
): Promise<RemediationDiffAnswer | PendingDiff> {
	requireAllowed("read", caller);
	const { tenantId } = caller;
	return db.inTenant(tenantId, async (tx) => {
		const action = await loadControlAction(tx, tenantId, id);
		const diff = (await loadRemediationDiffs(tx, tenantId, [id])).get(id);
		if (diff !== undefined) return diff === "pending" ? pending : diff;
		const actionType = action.intendedActionType ?? action.actionType;
		if (action.status === "pending" && isRemediating(actionType)) return pending;
		throw new ApiError(
			"no_remediated_span",
			"This control action left no remediated span, so there is nothing to compare.",
			{ details: { reason: "no_remediated_span" } },
		);
	});
}
