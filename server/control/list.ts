import { and, desc, eq, lt, or } from "drizzle-orm";
import type { z } from "zod";
import type { controlActionListQuerySchema } from "@/lib/contract/control-action";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { readCursor, writeCursor } from "../cursor";
import { controlActions } from "../db/schema";
import { controlActionAnswer } from "./answer";

/** A page of the tenant's control actions, newest first. */
export async function listControlActions(
	{ db, caller }: VerbContext,
	{ trace_id, cursor, limit }: z.output<typeof controlActionListQuerySchema>,
) {
	requireAllowed("read", caller);
	const scope = `actions ${caller.tenantId}`;
	const rows = await db
		.select()
		.from(controlActions)
		.where(
			and(
				eq(controlActions.tenantId, caller.tenantId),
				trace_id === undefined ? undefined : eq(controlActions.traceId, trace_id),
				cursor === undefined ? undefined : olderThan(readCursor(scope, cursor)),
			),
		)
		.orderBy(desc(controlActions.createdAt), desc(controlActions.id))
		.limit(limit + 1);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const hasMore = rows.length > limit;
	return {
		actions: page.map(controlActionAnswer),
		...(hasMore && last !== undefined
			? { next_cursor: writeCursor(scope, [last.createdAt.toISOString(), last.id]) }
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
