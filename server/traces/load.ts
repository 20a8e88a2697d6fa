import { and, eq } from "drizzle-orm";
import type { Transaction } from "../db/database";
import { traces } from "../db/schema";
import { notFound } from "../errors/api-error";

export type TraceRow = typeof traces.$inferSelect;

/** Loads a trace of the tenant, or throws not_found. */
export async function loadTrace(tx: Transaction, tenantId: string, id: string): Promise<TraceRow> {
	const [row] = await tx.orm
		.select()
		.from(traces)
		.where(and(eq(traces.tenantId, tenantId), eq(traces.id, id)));
	if (row === undefined) throw notFound("trace");
	return row;
}
