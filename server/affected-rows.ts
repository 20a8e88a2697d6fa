/**
 * The one row that a write returned. PGlite can answer "success" and store nothing (a value nested too
 * deeply), so every write says how many rows it touched and rolls back unless it was exactly one.
 */
export function theOnlyRow<Row>(rows: Row[], write: string): Row {
	const [row] = rows;
	if (row === undefined || rows.length !== 1) {
		throw new Error(`${write} touched ${rows.length} rows instead of 1`);
	}
	return row;
}
