import type { Database } from "../db/database";
import { statement } from "../db/statement";
import { changeFrame, type LoggedEvent } from "./frames";

/** An entry of the audit log as it is told: neither who did it nor any detail. */
export interface Change {
	sequence: number;
	event: string;
	/** What is sent of it, made once for everybody. */
	frame: string;
}

/** The end of a tenant's log, and what came after a point of it; null where that is more than is told. */
export interface Reading {
	head: number;
	changes: Change[] | null;
}

// One statement, so that the head and the entries are of the same moment.
const readAfter = statement(`
	select head.sequence as head, entry.sequence, entry.event, entry.resource_id as "resourceId", entry.created_at as at
	from audit_heads head
	left join lateral (
		select sequence, event, resource_id, created_at from audit_entries
		where tenant_id = $1 and sequence > $2
		order by sequence limit $3
	) entry on true
	where head.tenant_id = $1
	order by entry.sequence
`);
const readHeads = statement(`
	select tenant_id as "tenantId", sequence from audit_heads where tenant_id = any($1::uuid[])
`);

type Row = { head: number } & (LoggedEvent | { sequence: null });

/** Reads what a tenant's log holds after a sequence, oldest first, unless it is more than `changesMax`. */
export async function readChanges(
	db: Database,
	{ tenantId, after, changesMax }: { tenantId: string; after: number; changesMax: number },
): Promise<Reading> {
	const rows = await db.inTenant(tenantId, (tx) =>
		tx.query<Row>(readAfter, [tenantId, after, changesMax + 1]),
	);
	const head = rows[0]?.head ?? 0;
	if (rows.length > changesMax) return { head, changes: null };
	return { head, changes: rows.flatMap((row) => (row.sequence === null ? [] : [changeOf(row)])) };
}

function changeOf(entry: LoggedEvent): Change {
	return { sequence: entry.sequence, event: entry.event, frame: changeFrame(entry) };
}

/** Where the logs of these tenants end. */
export async function readHeadsOf(
	db: Database,
	tenantIds: readonly string[],
): Promise<{ tenantId: string; sequence: number }[]> {
	return db.asOwner((tx) => tx.query(readHeads, [tenantIds]));
}
