import type { Transaction } from "../db/database";
import { plannedEachTime } from "../db/statement";
import { conditionsOf } from "./filters";
import { isAfter } from "./order";
import { rangesOf, type Stretch } from "./ranges";
import { type QueueTableRow, queueColumns, queueRows } from "./row";
import { foundIds, matchOf, type Search, type SearchLimits } from "./search";
import { Values } from "./values";

/**
 * A page of what is looked for, or null where it is to be found by reading on in the asked order. A frequent
 * word fills a page from the first rows of that order, where the index would have to give half of the table; a
 * rare one or none comes from the index, where the order would have to be read to its end. Null is for what is
 * neither: found more often than the index is asked for, and hardly among the first rows.
 */
export async function searchPage(
	tx: Transaction,
	stretches: readonly Stretch[],
	search: Search,
	count: number,
	{ lookedThrough, foundMax }: SearchLimits,
): Promise<QueueTableRow[] | null> {
	const rows: QueueTableRow[] = [];
	let left = lookedThrough;
	for (const stretch of stretches) {
		if (left === 0) break;
		const { matching, read } = await lookThrough(tx, stretch, search, {
			most: left,
			count: count - rows.length,
		});
		rows.push(...matching);
		if (rows.length === count) return rows;
		left -= read;
	}
	if (left > 0) return rows;
	return findInIndex(tx, stretches, search, { count, foundMax });
}

type Counted<Count extends string> = Record<Count, number> & (QueueTableRow | { id: null });

async function lookThrough(
	tx: Transaction,
	stretch: Stretch,
	search: Search,
	{ most, count }: { most: number; count: number },
): Promise<{ matching: QueueTableRow[]; read: number }> {
	const values = new Values();
	values.add(stretch.tenantId, "uuid");
	const order = inOrder(stretch);
	const first = rangesOf(stretch, values, { selected: "id, rationale, cluster_signature", most });
	const text = `
		with first as materialized ${first},
		page as (
			select id, key from first as page where ${matchOf(search, values)}
			order by ${order} limit ${values.add(count, "integer")}
		)
		select counted.read, ${queueColumns}
		from (select count(*)::float8 as read from first) as counted
		left join (page join ${queueRows}) on true
		order by ${order}
	`;
	const found = await tx.query<Counted<"read">>(plannedEachTime(text), values.list);
	return { matching: rowsOf(found), read: found[0]?.read ?? 0 };
}

/** Null where the index holds more than is taken from it. */
async function findInIndex(
	tx: Transaction,
	stretches: readonly Stretch[],
	search: Search,
	{ count, foundMax }: { count: number; foundMax: number },
): Promise<QueueTableRow[] | null> {
	const [stretch] = stretches;
	if (stretch === undefined) return [];
	const values = new Values();
	values.add(stretch.tenantId, "uuid");
	const order = inOrder(stretch);
	const ofStretches = stretches.map(({ statuses, order: { key }, after }, range) => {
		const of = `status = any (${values.add(statuses, "text[]")})`;
		const where = after === null ? of : `${of} and ${isAfter(stretch.order, after, values)}`;
		return `select id, ${key} as key, ${range} as range from candidate where ${where}`;
	});
	const conditions = ["tenant_id = $1", ...conditionsOf(stretch.filters, values), matchOf(search, values)];
	const text = `
		with found as materialized (${foundIds(search, foundMax + 1, values)}),
		candidate as materialized (
			select id, status, created_at, status_since, effect
			from found join deployments using (id)
			where (select count(*) from found) <= ${foundMax} and ${conditions.join(" and ")}
		),
		page as (
			select * from (${ofStretches.join(" union all ")}) as page
			order by range, ${order} limit ${values.add(count, "integer")}
		)
		select counted.found, ${queueColumns}
		from (select count(*)::float8 as found from found) as counted
		left join (page join ${queueRows}) on true
		order by page.range, ${order}
	`;
	const found = await tx.query<Counted<"found">>(plannedEachTime(text), values.list);
	return (found[0]?.found ?? 0) > foundMax ? null : rowsOf(found);
}

function inOrder({ order: { direction } }: Stretch): string {
	return `page.key ${direction}, page.id ${direction}`;
}

function rowsOf(found: readonly (QueueTableRow | { id: null })[]): QueueTableRow[] {
	return found.flatMap((row) => (row.id === null ? [] : [row]));
}
