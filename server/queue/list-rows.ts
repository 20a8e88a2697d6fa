import type { z } from "zod";
import type { queueRowsQuerySchema } from "@/lib/contract/queue";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { statement } from "../db/statement";
import { type QueueTableRow, queueColumns, queueRowAnswer, queueRows } from "./row";

const readRows = statement(
	`select ${queueColumns} from unnest($2::uuid[]) with ordinality as page(id, place) join ${queueRows} order by place`,
);

/**
 * The tenant's rows with these ids, whatever state they are in by now, in the order of the ids. One that is not
 * there, or belongs to somebody else, is left out; one that is named twice is given once.
 */
export async function listQueueRows(
	{ db, caller }: VerbContext,
	{ ids }: z.output<typeof queueRowsQuerySchema>,
) {
	requireAllowed("read", caller);
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		tx.query<QueueTableRow>(readRows, [caller.tenantId, [...new Set(ids)]]),
	);
	return { items: rows.map(queueRowAnswer) };
}
