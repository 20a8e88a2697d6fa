import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { controlActionListQuerySchema } from "@/lib/contract/control-action";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Orm } from "../db/database";
import { controlActions } from "../db/schema";
import { controlActionAnswer } from "./answer";

type Query = z.output<typeof controlActionListQuerySchema>;
type Filters = Omit<Query, "cursor" | "limit">;

/** A page of the tenant's control actions, newest first. A cursor is good for the filters that it comes from. */
export async function listControlActions(
	{ db, caller, cursors }: VerbContext,
	{ cursor, limit, ...filters }: Query,
) {
	requireAllowed("read", caller);
	const { tenantId } = caller;
	const { trace_id, deployment_id, status, action_type, project_id } = filters;
	const asked = [tenantId, trace_id, deployment_id, status, action_type, project_id];
	const scope = `actions ${JSON.stringify(asked.map((part) => part ?? null))}`;
	const after = cursor === undefined ? null : cursors.read(scope, cursor);
	const rows = await db.inTenant(tenantId, (tx) =>
		selectActions(tx.orm, tenantId, filters, after).limit(limit + 1),
	);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const hasMore = rows.length > limit;
	return {
		actions: page.map(controlActionAnswer),
		...(hasMore && last !== undefined
			? { next_cursor: cursors.write(scope, [last.createdAt.toISOString(), last.id]) }
			: {}),
		has_more: hasMore,
	};
}

/**
 * The actions after a place, newest first: in the order of `control_actions_by_trace`, `…_by_deployment` or
 * `…_unsettled` where these hold what is asked for, else in that of `…_by_age`, with the rest left out row by row.
 */
export function selectActions(
	orm: Orm,
	tenantId: string,
	{ trace_id, deployment_id, status, action_type, project_id }: Filters,
	after: readonly string[] | null,
) {
	return orm
		.select()
		.from(controlActions)
		.where(
			and(
				eq(controlActions.tenantId, tenantId),
				trace_id === undefined ? undefined : eq(controlActions.traceId, trace_id),
				deployment_id === undefined ? undefined : eq(controlActions.deploymentId, deployment_id),
				status === undefined ? undefined : eq(controlActions.status, status),
				action_type === undefined ? undefined : eq(controlActions.actionType, action_type),
				project_id === undefined ? undefined : eq(controlActions.projectId, project_id),
				// One comparison of rows and not two joined by `or`, which no index can begin at.
				after === null
					? undefined
					: sql`(${controlActions.createdAt}, ${controlActions.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
			),
		)
		.orderBy(desc(controlActions.createdAt), desc(controlActions.id))
		.$dynamic();
}
