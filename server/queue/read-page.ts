import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import type { QueueSort } from "@/lib/contract/queue-terms";
import type { Transaction } from "../db/database";
import { plannedEachTime, statement } from "../db/statement";
import { isPlain, type QueueFilters } from "./filters";
import { orders, type Place } from "./order";
import { rangesOf, type Stretch } from "./ranges";
import { type QueueTableRow, queueColumns, queueRows } from "./row";
import { matchOf, type SearchLimits, searchLimits, searchOf } from "./search";
import { searchPage } from "./search-page";
import { Values } from "./values";

/** The longest page that may be asked for, and the row behind it that says whether there is another one. */
const longestPage = 201;

/** Half of a table is not read and sorted for a page: where nobody knows how far off it ends, it is read in order. */
const onlyInOrder = ["enable_seqscan", "enable_bitmapscan", "enable_sort"].map((way) =>
	statement(`set local ${way} = off`),
);

/** One question to the queue: everything but where the page begins. */
export interface QueueQuestion {
	tenantId: string;
	statuses: readonly DeploymentStatus[];
	filters: QueueFilters;
	sort: QueueSort;
}

/** At most `count` rows behind a place, or from the beginning on. */
export async function readQueuePage(
	tx: Transaction,
	question: QueueQuestion,
	after: Place | null,
	count: number,
	limits: SearchLimits = searchLimits,
): Promise<QueueTableRow[]> {
	const stretches = stretchesOf(question, after);
	const { q } = question.filters;
	if (q === undefined) return readInOrder(tx, stretches, count);
	const search = searchOf(q);
	const found = await searchPage(tx, stretches, search, count, limits);
	if (found !== null) return found;
	for (const setting of onlyInOrder) await tx.query(setting, []);
	return readInOrder(tx, stretches, count, (values) => [matchOf(search, values)]);
}

/** What is read one after the other: with `state` a state each, otherwise everything at once. */
function stretchesOf({ tenantId, statuses, filters, sort }: QueueQuestion, after: Place | null): Stretch[] {
	const order = orders[sort];
	if (sort !== "state") return [{ tenantId, statuses, filters, order, after }];
	const first = after?.range ?? 0;
	return statuses.slice(first).map((status, index) => ({
		tenantId,
		statuses: [status],
		filters,
		order,
		after: index === 0 ? after : null,
	}));
}

async function readInOrder(
	tx: Transaction,
	stretches: readonly Stretch[],
	count: number,
	conditions: (values: Values) => string[] = () => [],
): Promise<QueueTableRow[]> {
	const rows: QueueTableRow[] = [];
	for (const stretch of stretches) {
		const missing = count - rows.length;
		if (missing === 0) break;
		const values = new Values();
		values.add(stretch.tenantId, "uuid");
		const also = conditions(values);
		const { direction } = stretch.order;
		const order = `page.key ${direction}, page.id ${direction}`;
		const ranges = rangesOf(stretch, values, { selected: "id", also, most: longestPage });
		const text = `
			select ${queueColumns}
			from (select id, key from ${ranges} as page order by ${order} limit ${values.add(missing, "integer")}) as page
			join ${queueRows}
			order by ${order}
		`;
		// The choices without a filter are few; a plan of each is kept.
		const prepared = isPlain(stretch.filters) ? statement(text) : plannedEachTime(text);
		rows.push(...(await tx.query<QueueTableRow>(prepared, values.list)));
	}
	return rows;
}
