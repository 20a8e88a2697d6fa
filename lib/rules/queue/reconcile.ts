/** A row as far as keeping a list up to date is concerned. */
interface Row {
	id: string;
}

/** A list as it was read last: its rows, and whether these are all. */
export interface Reading<One extends Row> {
	rows: readonly One[];
	isWhole: boolean;
}

export interface Reconciled<One extends Row> {
	/** The rows in the order in which they stood, the fresh ones in their places. */
	rows: One[];
	/** Ids of fresh rows that belong among the rows of the list and are not there yet. */
	arrived: string[];
	/** Ids of rows that should have come again and did not: they belong to the list no longer. */
	gone: string[];
}

/**
 * Brings a list up to date with a fresh reading of its head. No row moves and none appears: who is about to
 * press one would press another. What stands behind the last row that both know has not arrived, it follows:
 * rows that went have made it move up.
 */
export function reconcile<One extends Row>(listed: Reading<One>, fresh: Reading<One>): Reconciled<One> {
	const freshRows = new Map(fresh.rows.map((row) => [row.id, row]));
	const known = new Set(listed.rows.map(({ id }) => id));
	const lastCommon = fresh.rows.findLastIndex(({ id }) => known.has(id));
	const canFollow = !listed.isWhole && lastCommon !== -1;
	const arrived = fresh.rows
		.slice(0, canFollow ? lastCommon : undefined)
		.flatMap(({ id }) => (known.has(id) ? [] : [id]));
	const lastSeen = fresh.isWhole
		? listed.rows.length
		: listed.rows.findLastIndex(({ id }) => freshRows.has(id)) + 1;
	return {
		rows: listed.rows.map((row) => freshRows.get(row.id) ?? row),
		arrived,
		gone: listed.rows.slice(0, lastSeen).flatMap(({ id }) => (freshRows.has(id) ? [] : [id])),
	};
}
