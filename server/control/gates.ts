import type { ExecuteRequest } from "@/lib/contract/control-action";
import type { JsonObject } from "@/lib/contract/identifiers";
import { isRemediating, remediatingTypes, trippedGate } from "@/lib/rules/safety-gates";
import { theOnlyRow } from "../affected-rows";
import type { Transaction } from "../db/database";
import { statement } from "../db/statement";
import type { ProjectRow } from "../projects/load";

const lockTrace = statement("select id from traces where tenant_id = $1 and id = $2 for update");
const countActions = statement(`
	select
		count(*) filter (where kind = 'retry' and rule_id is not distinct from $3::uuid)::integer as retry_count,
		count(*)::integer as cascade_count
	from (
		select coalesce(intended_action_type, action_type) as kind, rule_id from control_actions
		where tenant_id = $1 and trace_id = $2 and status in ('pending', 'executed')
	) as action
	where kind in (${remediatingTypes.map((type) => `'${type}'`).join(", ")})
`);

/**
 * What to park instead of running the action, as the payload that says why; null when no gate stops it.
 * Actions in flight count like executed ones, and the trace is locked until the transaction ends, so that
 * two requests at once cannot both take the last place.
 */
export async function escalationOf(
	tx: Transaction,
	project: ProjectRow,
	{ action_type, trace_id, rule_id, payload }: ExecuteRequest,
): Promise<JsonObject | null> {
	if (trace_id === undefined || !isRemediating(action_type)) return null;
	const { tenantId, maxRetryDepth, maxCascadeDepth } = project;
	theOnlyRow(await tx.query(lockTrace, [tenantId, trace_id]), "The lock of a trace");
	const counted = await tx.query<{ retry_count: number; cascade_count: number }>(countActions, [
		tenantId,
		trace_id,
		rule_id ?? null,
	]);
	const counts = theOnlyRow(counted, "The count of the actions on a trace");
	const gate = trippedGate(
		action_type,
		{ retryCount: counts.retry_count, cascadeCount: counts.cascade_count },
		{ maxRetryDepth, maxCascadeDepth },
	);
	if (gate === null) return null;
	return {
		escalation_reason: gate,
		intended_action_type: action_type,
		...counts,
		...(gate === "cascade_depth_exhausted"
			? { max_cascade_depth: maxCascadeDepth }
			: { max_retry_depth: maxRetryDepth }),
		requested_payload: payload ?? null,
	};
}
