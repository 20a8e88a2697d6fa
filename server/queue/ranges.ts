import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import { conditionsOf, type QueueFilters } from "./filters";
import { isAfter, type Order, type Place } from "./order";
import type { Values } from "./values";

/** Rows of some states in one order, behind a place: what one statement reads. */
export interface Stretch {
	tenantId: string;
	statuses: readonly DeploymentStatus[];
	filters: QueueFilters;
	order: Order;
	after: Place | null;
}

/**
 * The rows of a stretch in its order, in SQL: a range of an index for each state, merged, at most `most` of
 * each and of all. A range is read as far as the merging needs it, so that a page deep down costs what the
 * first one does. `selected` are the columns, `also` a further condition. The tenant is `$1`.
 */
export function rangesOf(
	{ statuses, filters, order, after }: Stretch,
	values: Values,
	{ selected, also = [], most }: { selected: string; also?: readonly string[]; most: number },
): string {
	const { key, direction } = order;
	const conditions = [
		...conditionsOf(filters, values),
		...(after === null ? [] : [isAfter(order, after, values)]),
		...also,
	];
	const ranges = statuses.map((status) => {
		const where = ["tenant_id = $1", `status = ${values.add(status, "text")}`, ...conditions].join(" and ");
		return `(
			select ${selected}, ${key} as key from deployments where ${where}
			order by ${key} ${direction}, id ${direction} limit ${most}
		)`;
	});
	const [only, ...more] = ranges;
	if (only !== undefined && more.length === 0) return only;
	return `(
		select * from (${ranges.join(" union all ")}) as ranges
		order by key ${direction}, id ${direction} limit ${most}
	)`;
}
