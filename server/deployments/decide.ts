import { and, desc, eq, inArray } from "drizzle-orm";
import type { CurrentDecision } from "@/lib/contract/error";
import { type Decision, judgeDecision, transitions } from "@/lib/rules/lifecycle";
import { theOnlyRow } from "../affected-rows";
import type { AuditEvent } from "../audit/events";
import { type Caller, requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Database } from "../db/connect";
import { decisions, deployments } from "../db/schema";
import { recordDecision } from "../decisions/record";
import { ApiError } from "../errors/api-error";
import { type DeploymentRow, deploymentAnswer } from "./answer";
import { loadDeployment } from "./load";

export interface DecisionPlan {
	decision: Decision;
	event: AuditEvent;
	reason: string;
	/** What the decision writes on the deployment, besides its state. */
	stamps: (now: Date) => Partial<typeof deployments.$inferInsert>;
}

/**
 * Takes one decision, or none: the row changes only while its state is one that the decision may leave, so
 * of two people who decide at once the second one is told who was first.
 */
export async function decideDeployment({ db, clock, caller }: VerbContext, id: string, plan: DecisionPlan) {
	const { decision, event, reason, stamps } = plan;
	const { from, to } = transitions[decision];
	return db.transaction(async (tx) => {
		const before = await loadDeployment(tx, caller.tenantId, id);
		requireAllowedToWrite(decision, caller);
		await requireState(tx, decision, before, caller);
		const now = clock();
		const updated = await tx
			.update(deployments)
			.set({ ...stamps(now), status: to, updatedAt: now })
			.where(
				and(
					eq(deployments.tenantId, caller.tenantId),
					eq(deployments.id, id),
					inArray(deployments.status, [...from]),
				),
			)
			.returning();
		if (updated.length === 0) {
			await requireState(tx, decision, await loadDeployment(tx, caller.tenantId, id), caller);
		}
		const after = theOnlyRow(updated, `The ${decision} of a deployment`);
		await recordDecision(tx, {
			tenantId: caller.tenantId,
			subject: { kind: "deployment", id },
			decision,
			fromStatus: before.status,
			toStatus: to,
			actor: caller.actor,
			reason,
			contentHash: after.contentHash,
			event,
			metadata: { project_id: after.projectId },
			at: now,
		});
		return deploymentAnswer(after);
	});
}

/** Throws 409, with the decision that was faster, unless the lifecycle allows this one in this state. */
async function requireState(
	db: Database,
	decision: Decision,
	row: DeploymentRow,
	caller: Caller,
): Promise<void> {
	const verdict = judgeDecision(decision, row.status, caller);
	if (verdict.allowed) return;
	const current = await currentDecision(db, row);
	throw new ApiError("already_decided", verdict.why, { details: { current } });
}

async function currentDecision(db: Database, row: DeploymentRow): Promise<CurrentDecision> {
	const [latest] = await db
		.select()
		.from(decisions)
		.where(
			and(
				eq(decisions.tenantId, row.tenantId),
				eq(decisions.subjectKind, "deployment"),
				eq(decisions.subjectId, row.id),
			),
		)
		.orderBy(desc(decisions.sequence))
		.limit(1);
	return {
		status: row.status,
		by: latest?.actorId ?? null,
		at: latest?.createdAt.toISOString() ?? null,
		reason: latest?.reason ?? null,
	};
}
