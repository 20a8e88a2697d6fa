import { type Decision, judgeDecision, transitions } from "@/lib/rules/lifecycle";
import { evidenceOf } from "@/lib/rules/queue-digest";
import { theOnlyRow } from "../affected-rows";
import type { AuditEvent } from "../audit/events";
import { type Caller, requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { statement } from "../db/statement";
import { latestDecision } from "../decisions/latest";
import { recordDecision } from "../decisions/record";
import { matches } from "../entity-tag";
import { ApiError } from "../errors/api-error";
import { writeOnce } from "../once";
import { lockDeployment } from "./load";
import { type DeploymentRow, deploymentAnswer, deploymentTag } from "./row";

/** What a decision writes on a deployment, besides its state. */
type Stamps = Partial<
	Pick<DeploymentRow, "shipped_at" | "approved_by" | "rolled_back_at" | "rejection_reason">
>;

export interface DecisionPlan {
	decision: Decision;
	event: AuditEvent;
	reason: string;
	stamps: (now: Date) => Stamps;
}

/**
 * Takes one decision, or none. The row is locked before it is judged, so of two people who decide at once
 * the second one is told who was first. Judged in this order: is it there (404), may this role (403), is
 * it what was seen (412), does its state allow it (409).
 */
export async function decideDeployment(context: VerbContext, id: string, plan: DecisionPlan) {
	const { caller, ifMatch, clock } = context;
	return writeOnce(context, async (tx) => {
		const before = await lockDeployment(tx, caller.tenantId, id);
		requireAllowedToWrite(plan.decision, caller);
		const isMeant = ifMatch === null || matches(ifMatch, deploymentTag(deploymentAnswer(before)));
		if (!isMeant) throw await changed(tx, before);
		await requireState(tx, plan.decision, before, caller);
		return deploymentAnswer(await moveDeployment(tx, before, caller.actor, plan, clock()));
	});
}

/** What a report proves is judged in the light of the state; the rest of a digest does not know of it. */
const move = statement(`
	update deployments set
		status = $3, updated_at = $4, shipped_at = $5, approved_by = $6, rolled_back_at = $7, rejection_reason = $8,
		verdict = case when digest_version is null then null else $10 end
	where tenant_id = $1 and id = $2 and status = $9
	returning id
`);

/** Moves a locked row to the state that the decision leads to, with its decision and its audit entry. */
export async function moveDeployment(
	tx: Transaction,
	before: DeploymentRow,
	actor: Caller["actor"],
	{ decision, event, reason, stamps }: DecisionPlan,
	now: Date,
): Promise<DeploymentRow> {
	const { id, tenant_id: tenantId, project_id, content_hash: contentHash } = before;
	const after: DeploymentRow = {
		...before,
		...stamps(now),
		status: transitions[decision].to,
		updated_at: now,
		status_since: now,
	};
	const moved = await tx.query(move, [
		tenantId,
		id,
		after.status,
		now.toISOString(),
		after.shipped_at?.toISOString() ?? null,
		after.approved_by,
		after.rolled_back_at?.toISOString() ?? null,
		after.rejection_reason,
		before.status,
		evidenceOf(after).verdict,
	]);
	theOnlyRow(moved, `The ${decision} of a deployment`);
	await recordDecision(tx, {
		tenantId,
		subject: { kind: "deployment", id },
		decision,
		fromStatus: before.status,
		toStatus: after.status,
		actor,
		reason,
		contentHash,
		event,
		metadata: { project_id },
		decidableSince: before.status_since,
		at: now,
	});
	return after;
}

async function changed(tx: Transaction, row: DeploymentRow): Promise<ApiError> {
	const record = deploymentAnswer(row);
	return new ApiError(
		"precondition_failed",
		"This deployment has changed since you read it. Look at it again, then decide.",
		{
			headers: { ETag: deploymentTag(record) },
			details: { record, current: await currentDecision(tx, row) },
		},
	);
}

/** Throws 409, with the decision that was faster, unless the lifecycle allows this one in this state. */
async function requireState(
	tx: Transaction,
	decision: Decision,
	row: DeploymentRow,
	caller: Caller,
): Promise<void> {
	const verdict = judgeDecision(decision, row.status, caller);
	if (verdict.allowed) return;
	const current = await currentDecision(tx, row);
	throw new ApiError("already_decided", verdict.why, { details: { current } });
}

/** Who decided last on the deployment, as far as it is recorded. */
function currentDecision(tx: Transaction, { id, tenant_id: tenantId, status }: DeploymentRow) {
	return latestDecision(tx, "deployment", { id, tenantId, status });
}
