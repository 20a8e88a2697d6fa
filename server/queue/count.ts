import { type DeploymentStatus, deploymentStatuses } from "@/lib/contract/deployment-status";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { plannedEachTime, statement } from "../db/statement";
import { conditionsOf, isPlain, type QueueFilters } from "./filters";
import { countFound } from "./search-count";
import { atMost, countedMax, type StateCounts } from "./state-count";
import { Values } from "./values";

const totals = statement(`
	select status, sum(total)::float8 as total from deployment_totals
	where tenant_id = $1 and ($2::uuid is null or project_id = $2) group by status
`);

/**
 * How many rows of the tenant each state has. Without a filter, or with a project alone, from the kept totals:
 * always exact. Else they are counted, up to 1,000 of each state; of a search that is met thousands of times
 * the figure is what was found while looking through the newest of each state, and says that it is no more.
 */
export async function countQueue({ db, caller }: VerbContext, filters: QueueFilters) {
	requireAllowed("read", caller);
	const { tenantId } = caller;
	const counts = await db.inTenant(tenantId, (tx) => {
		if (filters.q !== undefined) return countFound(tx, tenantId, filters, filters.q);
		return isPlain(filters) ? readTotals(tx, tenantId, filters) : countRows(tx, tenantId, filters);
	});
	return {
		counts: deploymentStatuses.map((status) => ({
			status,
			...(counts.get(status) ?? { total: 0, is_exact: true }),
		})),
	};
}

async function readTotals(
	tx: Transaction,
	tenantId: string,
	{ project_id }: QueueFilters,
): Promise<StateCounts> {
	const rows = await tx.query<{ status: DeploymentStatus; total: number }>(totals, [
		tenantId,
		project_id ?? null,
	]);
	return new Map(rows.map(({ status, total }) => [status, { total, is_exact: true }]));
}

async function countRows(tx: Transaction, tenantId: string, filters: QueueFilters): Promise<StateCounts> {
	const values = new Values();
	values.add(tenantId, "uuid");
	const conditions = conditionsOf(filters, values).join(" and ");
	const counts = deploymentStatuses.map((status) => {
		const state = values.add(status, "text");
		return `select ${state} as status, count(*)::float8 as total from (
			select from deployments where tenant_id = $1 and status = ${state} and ${conditions}
			order by created_at desc, id desc limit ${countedMax + 1}
		) as counted`;
	});
	const rows = await tx.query<{ status: DeploymentStatus; total: number }>(
		plannedEachTime(counts.join(" union all ")),
		values.list,
	);
	return new Map(rows.map(({ status, total }) => [status, atMost(total)]));
}
