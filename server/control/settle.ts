import { and, eq } from "drizzle-orm";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import type { Actor } from "../auth/caller";
import type { Clock } from "../clock";
import type { Transaction } from "../db/database";
import { controlActions } from "../db/schema";
import type { ControlActionRow } from "./answer";
import type { ExecutorOutcome } from "./executor";
import { storeRemediation } from "./store-remediation";

/** Stores how a pending action ended, and in the same transaction what it has made of its trace. */
export async function settleAction(
	tx: Transaction,
	clock: Clock,
	action: ControlActionRow,
	outcome: ExecutorOutcome,
	actor: Actor,
	executorName: string,
): Promise<ControlActionRow> {
	const { status, remediated } = outcome;
	const now = clock();
	const result =
		remediated === undefined
			? outcome.result
			: { ...outcome.result, remediated_span_id: await storeRemediation(tx, action, remediated, now) };
	const settled = await tx.orm
		.update(controlActions)
		.set({ status, result, updatedAt: now, executedAt: status === "executed" ? now : null })
		.where(
			and(
				eq(controlActions.tenantId, action.tenantId),
				eq(controlActions.id, action.id),
				eq(controlActions.status, "pending"),
			),
		)
		.returning();
	const row = theOnlyRow(settled, "The outcome of a control action");
	await appendAuditEntry(tx, {
		tenantId: action.tenantId,
		event: status === "executed" ? "control_action.executed" : "control_action.failed",
		actor,
		resourceId: action.id,
		metadata: {
			project_id: action.projectId,
			action_type: action.intendedActionType ?? action.actionType,
			executor: executorName,
		},
		at: now,
	});
	return row;
}
