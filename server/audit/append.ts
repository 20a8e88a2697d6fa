import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import type { JsonObject } from "@/lib/contract/identifiers";
import { theOnlyRow } from "../affected-rows";
import type { Actor } from "../auth/caller";
import type { Transaction } from "../db/connect";
import { auditEntries, tenants } from "../db/schema";
import { chainHash, firstPrevHash } from "./chain";
import type { AuditEvent } from "./events";

export interface NewAuditEntry {
	tenantId: string;
	event: AuditEvent;
	actor: Actor;
	resourceId: string | null;
	metadata: JsonObject;
	at: Date;
}

/**
 * Adds an entry at the end of the tenant's chain, in the transaction of what it tells about. The tenant's
 * row is locked, so that no two entries follow the same one; it is always the last lock that a write takes.
 */
export async function appendAuditEntry(tx: Transaction, entry: NewAuditEntry): Promise<void> {
	const { tenantId, event, actor, resourceId, metadata, at } = entry;
	await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenantId)).for("update");
	const [last] = await tx
		.select({ sequence: auditEntries.sequence, currHash: auditEntries.currHash })
		.from(auditEntries)
		.where(eq(auditEntries.tenantId, tenantId))
		.orderBy(desc(auditEntries.sequence))
		.limit(1);
	const id = randomUUID();
	const prevHash = last?.currHash ?? firstPrevHash;
	const currHash = chainHash(prevHash, {
		id,
		event,
		actor_type: actor.type,
		actor_id: actor.id,
		resource_id: resourceId,
		metadata,
		created_at: at.toISOString(),
	});
	const stored = await tx
		.insert(auditEntries)
		.values({
			tenantId,
			sequence: (last?.sequence ?? 0) + 1,
			id,
			event,
			actorType: actor.type,
			actorId: actor.id,
			resourceId,
			metadata,
			createdAt: at,
			prevHash,
			currHash,
		})
		.returning({ id: auditEntries.id });
	theOnlyRow(stored, "The audit entry");
}
