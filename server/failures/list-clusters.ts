import type { z } from "zod";
import type { failureClusterQuerySchema } from "@/lib/contract/failure-cluster";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { statement } from "../db/statement";

const maxClusters = 200;
const maxSamples = 5;

/**
 * One pass over the failures alone (`traces_failed`): they are numbered within their cluster from the newest
 * on, so that a cluster's samples cost no look of its own.
 */
function clusterStatement(filter: string) {
	return statement(`
		select error as error_message, count(*)::float8 as count, min(started_at) as first_seen,
			max(started_at) as last_seen,
			array_agg(id order by place) filter (where place <= ${maxSamples}) as sample_ids
		from (
			select id, error, started_at,
				row_number() over (partition by error order by started_at desc, id desc) as place
			from traces
			where tenant_id = $1 and error is not null and started_at >= $2 and started_at < $3 ${filter}
		) as failure
		group by error
		order by count(*) desc, max(started_at) desc, error
		limit ${maxClusters}
	`);
}

const ofAllProjects = clusterStatement("");
const ofOneProject = clusterStatement("and project_id = $4");

interface ClusterRow {
	error_message: string;
	count: number;
	first_seen: Date;
	last_seen: Date;
	sample_ids: string[];
}

/** The tenant's failures by error, the most frequent first, then the newest. */
export async function listFailureClusters(
	{ db, caller }: VerbContext,
	{ project_id, from, to }: z.output<typeof failureClusterQuerySchema>,
) {
	requireAllowed("read", caller);
	const values = [caller.tenantId, momentOr("-infinity", from), momentOr("infinity", to)];
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		project_id === undefined
			? tx.query<ClusterRow>(ofAllProjects, values)
			: tx.query<ClusterRow>(ofOneProject, [...values, project_id]),
	);
	return {
		clusters: rows.map((row) => ({
			...row,
			first_seen: row.first_seen.toISOString(),
			last_seen: row.last_seen.toISOString(),
		})),
	};
}

/** Read by JavaScript first: PostgreSQL refuses a moment with too many digits after the second. */
function momentOr(otherwise: string, text: string | undefined): string {
	return text === undefined ? otherwise : new Date(text).toISOString();
}
