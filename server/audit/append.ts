import { randomUUID } from "node:crypto";
import type { JsonObject } from "@/lib/contract/identifiers";
import { theOnlyRow } from "../affected-rows";
import type { Actor } from "../auth/caller";
import type { Transaction } from "../db/database";
import { statement } from "../db/statement";
import { chainHash } from "./chain";
import type { AuditEvent } from "./events";

export interface NewAuditEntry {
	tenantId: string;
	event: AuditEvent;
	actor: Actor;
	resourceId: string | null;
	metadata: JsonObject;
	at: Date;
}

const lockHead = statement("select sequence, hash from audit_heads where tenant_id = $1 for update");
const addEntry = statement(`
	with entry as (
		insert into audit_entries (
			tenant_id, sequence, id, event, actor_type, actor_id, resource_id, metadata, created_at, prev_hash, curr_hash
		)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		returning sequence
	), head as (
		update audit_heads set sequence = $2, hash = $11 where tenant_id = $1 and sequence = $2::integer - 1
		returning sequence
	)
	select entry.sequence from entry join head using (sequence)
`);

/**
 * Adds an entry at the end of the tenant's chain, in the transaction of what it tells about. The head of
 * the chain is locked, so that no two entries follow the same one; it is always the last lock that a write
 * takes.
 */
export async function appendAuditEntry(tx: Transaction, entry: NewAuditEntry): Promise<void> {
	const { tenantId, event, actor, resourceId, metadata, at } = entry;
	const heads = await tx.query<{ sequence: number; hash: string }>(lockHead, [tenantId]);
	const { sequence: last, hash: prevHash } = theOnlyRow(heads, "The lock of the audit chain");
	const id = randomUUID();
	const sequence = last + 1;
	const createdAt = at.toISOString();
	const currHash = chainHash(prevHash, {
		id,
		event,
		actor_type: actor.type,
		actor_id: actor.id,
		resource_id: resourceId,
		metadata,
		created_at: createdAt,
	});
	const added = await tx.query(addEntry, [
		tenantId,
		sequence,
		id,
		event,
		actor.type,
		actor.id,
		resourceId,
		JSON.stringify(metadata),
		createdAt,
		prevHash,
		currHash,
	]);
	theOnlyRow(added, "The audit entry");
	tx.auditHead = { tenantId, sequence, hash: currHash };
}
