import type { Transaction } from "../db/database";
import { statement } from "../db/statement";

/** Where the stored rows are read: one transaction, so that all of them are of one moment. */
export type Rows = Pick<Transaction, "query">;

const batchSize = 1_000;

/** The rows of a query by a cursor, so that a million of them are never in memory at once. */
export async function* readRows<Row>(rows: Rows, name: string, select: string): AsyncGenerator<Row> {
	await rows.query(statement(`declare ${name} no scroll cursor for ${select}`), []);
	const fetch = statement(`fetch ${batchSize} from ${name}`);
	for (;;) {
		const batch = await rows.query<Row>(fetch, []);
		yield* batch;
		if (batch.length < batchSize) break;
	}
	await rows.query(statement(`close ${name}`), []);
}
