import { and, eq } from "drizzle-orm";
import type { Database } from "../db/connect";
import { traces } from "../db/schema";
import { notFound } from "../errors/api-error";

export type TraceRow = typeof traces.$inferSelect;

/** Loads a trace of the tenant, or throws not_found. */
export async function loadTrace(db: Database, tenantId: string, id: string): Promise<TraceRow> {
	const [row] = await db
		.select()
		.from(traces)
		.where(and(eq(traces.tenantId, tenantId), eq(traces.id, id)));
	if (row === undefined) throw notFound("trace");
	return row;
}
