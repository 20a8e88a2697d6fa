import { and, asc, eq } from "drizzle-orm";
import { decisions as decisionKinds } from "@/lib/rules/lifecycle";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { decisions } from "../db/schema";
import { requireDeployment } from "./load";

/** Every decision on a deployment, oldest first. */
export async function listDeploymentDecisions({ db, caller }: VerbContext, id: string) {
	requireAllowed("read", caller);
	return db.inTenant(caller.tenantId, async (tx) => {
		await requireDeployment(tx, caller.tenantId, id);
		const rows = await tx.orm
			.select()
			.from(decisions)
			.where(
				and(
					eq(decisions.tenantId, caller.tenantId),
					eq(decisions.subjectKind, "deployment"),
					eq(decisions.subjectId, id),
				),
			)
			.orderBy(asc(decisions.sequence));
		return { decisions: rows.map(decisionAnswer) };
	});
}

function decisionAnswer(row: typeof decisions.$inferSelect) {
	const decision = decisionKinds.find((kind) => kind === row.decision);
	if (decision === undefined || row.fromStatus === null) {
		throw new Error(`Decision ${row.id} is none that a deployment knows`);
	}
	return {
		decision,
		from_status: row.fromStatus,
		to_status: row.toStatus,
		actor_type: row.actorType,
		actor_id: row.actorId,
		reason: row.reason,
		created_at: row.createdAt.toISOString(),
	};
}
