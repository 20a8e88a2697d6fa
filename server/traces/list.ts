import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { traceListQuerySchema } from "@/lib/contract/trace";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Orm } from "../db/database";
import { traces } from "../db/schema";
import { traceAnswer } from "./answer";

type Query = z.output<typeof traceListQuerySchema>;

/** A page of the tenant's traces, newest first. */
export async function listTraces({ db, caller, cursors }: VerbContext, query: Query) {
	requireAllowed("read", caller);
	const { project_id = "all", error = "all", cursor, limit } = query;
	// The filters are part of the scope: a page of one list says nothing about where another goes on.
	const scope = `traces ${caller.tenantId} ${project_id} ${error}`;
	const after = cursor === undefined ? null : cursors.read(scope, cursor);
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		selectTraces(tx.orm, caller.tenantId, query, after).limit(limit + 1),
	);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const hasMore = rows.length > limit;
	return {
		traces: page.map(traceAnswer),
		...(hasMore && last !== undefined
			? { next_cursor: cursors.write(scope, [last.startedAt.toISOString(), last.id]) }
			: {}),
		has_more: hasMore,
	};
}

/** The traces after a place, newest first, in the order of `traces_by_age` and `traces_by_project`. */
export function selectTraces(
	orm: Orm,
	tenantId: string,
	{ project_id, error }: Pick<Query, "project_id" | "error">,
	after: readonly string[] | null,
) {
	return orm
		.select()
		.from(traces)
		.where(
			and(
				eq(traces.tenantId, tenantId),
				project_id === undefined ? undefined : eq(traces.projectId, project_id),
				error === "true" ? isNotNull(traces.error) : undefined,
				error === "false" ? isNull(traces.error) : undefined,
				// One comparison of rows and not two joined by `or`, which no index can begin at.
				after === null
					? undefined
					: sql`(${traces.startedAt}, ${traces.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
			),
		)
		.orderBy(desc(traces.startedAt), desc(traces.id))
		.$dynamic();
}
