import { randomUUID } from "node:crypto";
import type { JsonObject } from "@/lib/contract/identifiers";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import type { AuditEvent } from "../audit/events";
import type { Actor } from "../auth/caller";
import type { Transaction } from "../db/connect";
import { type DecisionSubject, decisions } from "../db/schema";

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
	at: Date;
}

/** Keeps who decided what, and its audit entry, in the transaction of the decision itself. */
export async function recordDecision(tx: Transaction, decision: NewDecision): Promise<void> {
	const { tenantId, subject, fromStatus, toStatus, actor, reason, contentHash, event, metadata, at } =
		decision;
	const id = randomUUID();
	const stored = await tx
		.insert(decisions)
		.values({
			id,
			tenantId,
			subjectKind: subject.kind,
			subjectId: subject.id,
			decision: decision.decision,
			fromStatus,
			toStatus,
			actorType: actor.type,
			actorId: actor.id,
			reason,
			contentHash,
			createdAt: at,
		})
		.returning({ id: decisions.id });
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
