import type { z } from "zod";
import { type DeploymentStatus, deploymentStatuses } from "@/lib/contract/deployment-status";
import type { queueTimesQuerySchema } from "@/lib/contract/queue";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { timedByPeople } from "../db/queue-expressions";
import { plannedEachTime, statement } from "../db/statement";
import { Values } from "./values";

const days = 30;
/** The middle is found by going through half of a state: not of one with more rows than this. */
const medianMax = 20_000;

/**
 * How long the tenant's deployments have been in their states: of each state its total, which is exact, since
 * when the first one is in it, and since when the one in the middle is (of an even number the earlier of the
 * two). That one is exact too, and null where the tenant has more than 20,000 rows in the state, where finding
 * it would take too long. Then the median time that people took to approve or reject in the last 30 days, from when the deployment came into
 * the state in which it was decided; decisions from before that was kept are left out.
 */
export async function getQueueTimes(
	{ db, caller, clock }: VerbContext,
	{ project_id }: z.output<typeof queueTimesQuerySchema>,
) {
	requireAllowed("read", caller);
	const { tenantId } = caller;
	const since = new Date(clock().getTime() - days * 86_400_000);
	return db.inTenant(tenantId, async (tx) => ({
		waiting: await readWaiting(tx, tenantId, project_id),
		decisions: { days, ...(await readDecisions(tx, tenantId, project_id, since)) },
	}));
}

const totals = statement(`
	select status, sum(total)::float8 as of_all,
		coalesce(sum(total) filter (where $2::uuid is null or project_id = $2), 0)::float8 as total
	from deployment_totals where tenant_id = $1 group by status
`);

interface Total {
	status: DeploymentStatus;
	/** Of all projects, which share an index. */
	of_all: number;
	total: number;
}

interface Waiting {
	status: DeploymentStatus;
	oldest: Date | null;
	median: Date | null;
}

async function readWaiting(tx: Transaction, tenantId: string, projectId: string | undefined) {
	const kept = await tx.query<Total>(totals, [tenantId, projectId ?? null]);
	const totalOf = new Map(kept.map(({ status, total }) => [status, total]));
	const isLarge = new Set(kept.flatMap(({ status, of_all }) => (of_all > medianMax ? [status] : [])));
	const values = new Values();
	values.add(tenantId, "uuid");
	const ofProject = projectId === undefined ? "" : `and project_id = ${values.add(projectId, "uuid")}`;
	const states = deploymentStatuses.flatMap((status) => {
		const total = totalOf.get(status) ?? 0;
		if (total === 0) return [];
		const state = values.add(status, "text");
		const inTurn = `select status_since from deployments
			where tenant_id = $1 and status = ${state} ${ofProject} order by status_since, id`;
		const middle = Math.floor((total - 1) / 2);
		const median = isLarge.has(status)
			? "null::timestamptz"
			: `(${inTurn} offset ${values.add(middle, "integer")} limit 1)`;
		return [`select ${state} as status, (${inTurn} limit 1) as oldest, ${median} as median`];
	});
	const rows =
		states.length === 0
			? []
			: await tx.query<Waiting>(plannedEachTime(states.join(" union all ")), values.list);
	const found = new Map(rows.map((row) => [row.status, row]));
	return deploymentStatuses.map((status) => ({
		status,
		total: totalOf.get(status) ?? 0,
		oldest_since: found.get(status)?.oldest?.toISOString() ?? null,
		median_since: found.get(status)?.median?.toISOString() ?? null,
	}));
}

function medianOfDecisions(ofProject: string) {
	return statement(`
		select count(*)::float8 as count, percentile_cont(0.5) within group (
			order by greatest(0, extract(epoch from decisions.created_at - decidable_since))
		)::float8 as median_seconds
		from decisions ${ofProject}
		where decisions.tenant_id = $1 and decisions.created_at >= $2 and ${timedByPeople}
	`);
}

const ofAllProjects = medianOfDecisions("");
const ofOneProject = medianOfDecisions(
	"join deployments on deployments.tenant_id = $1 and deployments.project_id = $3 and deployments.id = subject_id",
);

async function readDecisions(
	tx: Transaction,
	tenantId: string,
	projectId: string | undefined,
	since: Date,
): Promise<{ count: number; median_seconds: number | null }> {
	const values = [tenantId, since.toISOString()];
	const [row] =
		projectId === undefined
			? await tx.query<{ count: number; median_seconds: number | null }>(ofAllProjects, values)
			: await tx.query<{ count: number; median_seconds: number | null }>(ofOneProject, [
					...values,
					projectId,
				]);
	return row ?? { count: 0, median_seconds: null };
}
