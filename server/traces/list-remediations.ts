import { and, asc, eq } from "drizzle-orm";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { loadRemediationDiffs } from "../control/remediation-diff";
import { controlActions } from "../db/schema";
import { loadTrace } from "./load";

/** The control actions taken on a trace, oldest first, each with what it changed once that is known. */
export async function listRemediations({ db, caller }: VerbContext, traceId: string) {
	requireAllowed("read", caller);
	const { tenantId } = caller;
	return db.inTenant(tenantId, async (tx) => {
		await loadTrace(tx, tenantId, traceId);
		const actions = await tx.orm
			.select({
				id: controlActions.id,
				actionType: controlActions.actionType,
				status: controlActions.status,
				intendedActionType: controlActions.intendedActionType,
				createdAt: controlActions.createdAt,
			})
			.from(controlActions)
			.where(and(eq(controlActions.tenantId, tenantId), eq(controlActions.traceId, traceId)))
			.orderBy(asc(controlActions.createdAt), asc(controlActions.id));
		const diffs = await loadRemediationDiffs(
			tx,
			tenantId,
			actions.map(({ id }) => id),
		);
		const steps = actions.map(({ id, actionType, status, intendedActionType, createdAt }) => {
			const diff = diffs.get(id);
			return {
				action_id: id,
				action_type: actionType,
				status,
				...(intendedActionType === null ? {} : { intended_action_type: intendedActionType }),
				created_at: createdAt.toISOString(),
				...(diff === undefined || diff === "pending" ? {} : { diff }),
			};
		});
		return { steps };
	});
}
