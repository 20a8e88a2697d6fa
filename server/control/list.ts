import { and, desc, eq, lt, or } from "drizzle-orm";
import type { z } from "zod";
import type { controlActionListQuerySchema } from "@/lib/contract/control-action";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { controlActions } from "../db/schema";
import { controlActionAnswer } from "./answer";

/** A page of the tenant's control actions, newest first. */
export async function listControlActions(
	{ db, caller, cursors }: VerbContext,
	{ trace_id, deployment_id, cursor, limit }: z.output<typeof controlActionListQuerySchema>,
) {
	requireAllowed("read", caller);
	const scope = `actions ${caller.tenantId}`;
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		tx.orm
			.select()
			.from(controlActions)
			.where(
				and(
					eq(controlActions.tenantId, caller.tenantId),
					trace_id === undefined ? undefined : eq(controlActions.traceId, trace_id),
					deployment_id === undefined ? undefined : eq(controlActions.deploymentId, deployment_id),
					cursor === undefined ? undefined : olderThan(cursors.read(scope, cursor)),
				),
			)
			.orderBy(desc(controlActions.createdAt), desc(controlActions.id))
			.limit(limit + 1),
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

function olderThan([createdAt, id]: string[]) {
	if (createdAt === undefined || id === undefined) return undefined;
	const moment = new Date(createdAt);
	return or(
		lt(controlActions.createdAt, moment),
		and(eq(controlActions.createdAt, moment), lt(controlActions.id, id)),
	);
}
