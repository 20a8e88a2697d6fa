import { and, desc, eq, gte, lt } from "drizzle-orm";
import type { z } from "zod";
import type { auditListQuerySchema } from "@/lib/contract/audit-entry";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { auditEntries } from "../db/schema";

const pageSize = 50;

/** A page of the tenant's audit log, newest first. */
export async function listAuditEntries(
	{ db, caller, cursors }: VerbContext,
	{ event, from, to, cursor }: z.output<typeof auditListQuerySchema>,
) {
	requireAllowed("read_audit_log", caller);
	const scope = `audit ${caller.tenantId}`;
	const before = cursor === undefined ? undefined : Number(cursors.read(scope, cursor)[0]);
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		tx.orm
			.select()
			.from(auditEntries)
			.where(
				and(
					eq(auditEntries.tenantId, caller.tenantId),
					event === undefined ? undefined : eq(auditEntries.event, event),
					from === undefined ? undefined : gte(auditEntries.createdAt, new Date(from)),
					to === undefined ? undefined : lt(auditEntries.createdAt, new Date(to)),
					before === undefined ? undefined : lt(auditEntries.sequence, before),
				),
			)
			.orderBy(desc(auditEntries.sequence))
			.limit(pageSize + 1),
	);
	const page = rows.slice(0, pageSize);
	const last = page.at(-1);
	const hasMore = rows.length > pageSize;
	return {
		entries: page.map(entryAnswer),
		...(hasMore && last !== undefined ? { next_cursor: cursors.write(scope, [String(last.sequence)]) } : {}),
		has_more: hasMore,
	};
}

/** An entry as the contract writes it. */
export function entryAnswer(row: typeof auditEntries.$inferSelect) {
	return {
		id: row.id,
		event: row.event,
		actor_type: row.actorType,
		actor_id: row.actorId,
		resource_id: row.resourceId,
		metadata: row.metadata,
		created_at: row.createdAt.toISOString(),
		prev_hash: row.prevHash,
		curr_hash: row.currHash,
	};
}
