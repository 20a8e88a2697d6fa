import { metricPointsMax } from "@/lib/contract/metrics";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { statement } from "../db/statement";
import { requireDeployment } from "./load";

/** Whatever wrote the metric may have written what no JSON number says. */
const lastPoints = statement(`
	select at, value from deployment_metrics
	where tenant_id = $1 and deployment_id = $2 and value > '-Infinity' and value < 'Infinity'
	order by at desc limit ${metricPointsMax}
`);

/** What `regression_metric` of a deployment has been, oldest first, the last 1,000 values. */
export async function listDeploymentMetrics({ db, caller }: VerbContext, id: string) {
	requireAllowed("read", caller);
	return db.inTenant(caller.tenantId, async (tx) => {
		await requireDeployment(tx, caller.tenantId, id);
		const rows = await tx.query<{ at: Date; value: number }>(lastPoints, [caller.tenantId, id]);
		return { points: rows.reverse().map(({ at, value }) => ({ at: at.toISOString(), value })) };
	});
}
