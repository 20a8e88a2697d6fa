import { and, asc, eq } from "drizzle-orm";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { spans } from "../db/schema";
import { traceAnswer } from "./answer";
import { loadTrace } from "./load";

/** One trace with its spans, in the order in which they began. */
export async function getTrace({ db, caller }: VerbContext, id: string) {
	requireAllowed("read", caller);
	const [trace, rows] = await db.inTenant(caller.tenantId, async (tx) => {
		const found = await loadTrace(tx, caller.tenantId, id);
		const itsSpans = await tx.orm
			.select()
			.from(spans)
			.where(and(eq(spans.tenantId, caller.tenantId), eq(spans.traceId, id)))
			.orderBy(asc(spans.createdAt), asc(spans.id));
		return [found, itsSpans] as const;
	});
	return { ...traceAnswer(trace), spans: rows.map(spanAnswer) };
}

function spanAnswer(row: typeof spans.$inferSelect) {
	return {
		id: row.id,
		created_at: row.createdAt.toISOString(),
		tenant_id: row.tenantId,
		trace_id: row.traceId,
		parent_span_id: row.parentSpanId,
		name: row.name,
		type: row.type,
		input: row.input,
		output: row.output,
		model: row.model,
		latency_ms: row.latencyMs,
		cost: row.cost,
		error: row.error,
		prompt_tokens: row.promptTokens,
		completion_tokens: row.completionTokens,
		metadata: row.metadata,
		start_time: row.startTime?.toISOString() ?? null,
		end_time: row.endTime?.toISOString() ?? null,
	};
}
