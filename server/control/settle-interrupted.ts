import { and, eq, lte } from "drizzle-orm";
import type { Actor } from "../auth/caller";
import type { Clock } from "../clock";
import type { Database, Transaction } from "../db/database";
import { controlActions } from "../db/schema";
import { statement } from "../db/statement";
import { keepOnceFor } from "../once";
import { controlActionAnswer } from "./answer";
import { settleAction } from "./settle";

const actor: Actor = { type: "system", id: "system:recovery" };
const outcome = {
	status: "failed",
	result: {
		error: "The server stopped while the action ran. Whether it took effect is not known.",
		outcome: "unknown",
	},
} as const;

interface Interrupted {
	id: string;
	tenant_id: string;
	executor: string;
}

/**
 * Only what a server has begun to run: the audit entry of that names the executor. An action that some
 * other program runs, and one of the sample data (whose history names "sample"), may stay pending for as
 * long as it takes. The decision is asked for first, since it has an index by action and the audit log has
 * none.
 */
const findInterrupted = statement(`
	select action.id, action.tenant_id, entry.metadata ->> 'executor' as executor
	from control_actions action
	cross join lateral (
		select id::text, created_at from decisions
		where tenant_id = action.tenant_id and subject_kind = 'control_action' and subject_id = action.id
		order by sequence desc limit 1
	) decision
	join audit_entries entry
		on entry.tenant_id = action.tenant_id
		and entry.event in ('control_action.requested', 'control_action.approved')
		and entry.resource_id = action.id::text
		and entry.metadata ->> 'decision_id' = decision.id
		and entry.metadata ->> 'executor' <> 'sample'
	where action.status = 'pending' and action.updated_at <= $1
	order by action.updated_at, action.id
`);

/**
 * Settles the actions that were left pending because the server stopped while they ran: as failed, with an
 * outcome that nobody knows, and never by running them again. Whoever asked with an `Idempotency-Key` is
 * told the same when they ask again. `staleAfterMs` must be longer than any executor takes. Several servers
 * may do this at once. Returns how many this one has settled.
 */
export async function settleInterruptedActions(
	db: Database,
	clock: Clock,
	staleAfterMs: number,
): Promise<number> {
	const staleSince = new Date(clock().getTime() - staleAfterMs);
	const interrupted = await db.asOwner((tx) =>
		tx.query<Interrupted>(findInterrupted, [staleSince.toISOString()]),
	);
	const errors: unknown[] = [];
	let settled = 0;
	for (const one of interrupted) {
		try {
			if (await db.inTenant(one.tenant_id, (tx) => settleOne(tx, clock, staleSince, one))) settled += 1;
		} catch (error) {
			errors.push(error);
		}
	}
	// One that cannot be settled must not keep the others waiting, but somebody has to hear of it.
	if (errors.length > 0) throw new AggregateError(errors, "Some interrupted actions could not be settled");
	return settled;
}

/** False when it is settled by now, or another server is about to. */
async function settleOne(
	tx: Transaction,
	clock: Clock,
	staleSince: Date,
	{ id, tenant_id: tenantId, executor }: Interrupted,
): Promise<boolean> {
	const [action] = await tx.orm
		.select()
		.from(controlActions)
		.where(
			and(
				eq(controlActions.tenantId, tenantId),
				eq(controlActions.id, id),
				eq(controlActions.status, "pending"),
				lte(controlActions.updatedAt, staleSince),
			),
		)
		.for("update", { skipLocked: true });
	if (action === undefined) return false;
	const settled = await settleAction(tx, clock, action, outcome, actor, executor);
	await keepOnceFor(tx, tenantId, id, controlActionAnswer(settled));
	return true;
}
