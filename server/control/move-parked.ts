import { and, eq } from "drizzle-orm";
import { theOnlyRow } from "../affected-rows";
import type { AuditEvent } from "../audit/events";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { controlActions } from "../db/schema";
import { recordDecision } from "../decisions/record";
import type { ControlActionRow } from "./answer";

interface ParkedDecision {
	decision: "approve" | "reject";
	event: AuditEvent;
	reason: string;
	to: Pick<ControlActionRow, "status"> & Partial<Pick<ControlActionRow, "result">>;
	/** What the audit entry tells besides the action itself. */
	metadata: { executor?: string };
}

/** Moves a locked action that waits for an owner, with the decision and its audit entry. */
export async function moveParked(
	tx: Transaction,
	{ clock, caller }: VerbContext,
	before: ControlActionRow,
	{ decision, event, reason, to, metadata }: ParkedDecision,
): Promise<ControlActionRow> {
	const { id, tenantId } = before;
	const now = clock();
	const moved = await tx.orm
		.update(controlActions)
		.set({ ...to, updatedAt: now })
		.where(
			and(
				eq(controlActions.tenantId, tenantId),
				eq(controlActions.id, id),
				eq(controlActions.status, "pending_approval"),
			),
		)
		.returning();
	const after = theOnlyRow(moved, `The ${decision} of a control action`);
	await recordDecision(tx, {
		tenantId,
		subject: { kind: "control_action", id },
		decision,
		fromStatus: before.status,
		toStatus: after.status,
		actor: caller.actor,
		reason,
		contentHash: null,
		event,
		metadata: { ...toldOf(before), ...metadata },
		at: now,
	});
	return after;
}

/** What every audit entry about a parked action says of it: the type is the one that was asked for. */
export function toldOf(action: ControlActionRow) {
	return {
		project_id: action.projectId,
		action_type: action.intendedActionType ?? action.actionType,
		trace_id: action.traceId,
		deployment_id: action.deploymentId,
	};
}
