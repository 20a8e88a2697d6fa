import { randomUUID } from "node:crypto";
import type { JsonObject } from "@/lib/contract/identifiers";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import type { AuditEvent } from "../audit/events";
import type { Actor } from "../auth/caller";
import type { Transaction } from "../db/database";
import type { DecisionSubject } from "../db/schema";
import { statement } from "../db/statement";

export interface NewDecision {
	tenantId: string;
	subject: { kind: DecisionSubject; id: string };
	decision: string;
	fromStatus: string | null;
	toStatus: string;
	actor: Actor;
	reason: string;
	contentHash: string | null;
	event: AuditEvent;
	metadata: JsonObject;
	/** Since when the subject was in the state in which it is decided, where that is kept. */
	decidableSince?: Date;
	at: Date;
}

const addDecision = statement(`
	insert into decisions (
		id, tenant_id, subject_kind, subject_id, decision, from_status, to_status, actor_type, actor_id, reason,
		content_hash, created_at, decidable_since
	)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
	returning id
`);

/** Keeps who decided what, and its audit entry, in the transaction of the decision itself. */
export async function recordDecision(tx: Transaction, decision: NewDecision): Promise<void> {
	const { tenantId, subject, fromStatus, toStatus, actor, reason, contentHash, event, metadata, at } =
		decision;
	const id = randomUUID();
	const stored = await tx.query(addDecision, [
		id,
		tenantId,
		subject.kind,
		subject.id,
		decision.decision,
		fromStatus,
		toStatus,
		actor.type,
		actor.id,
		reason,
		contentHash,
		at.toISOString(),
		decision.decidableSince?.toISOString() ?? null,
	]);
	theOnlyRow(stored, "The decision");
	await appendAuditEntry(tx, {
		tenantId,
		event,
		actor,
		resourceId: subject.id,
		metadata: {
			...metadata,
			decision_id: id,
			from_status: fromStatus,
			to_status: toStatus,
			reason,
			...(contentHash === null ? {} : { content_hash: contentHash }),
		},
		at,
	});
}
