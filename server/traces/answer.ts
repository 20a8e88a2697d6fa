import type { z } from "zod";
import type { promisedTracePageSchema } from "@/lib/contract/trace";
import type { TraceRow } from "./load";

type Answer = z.input<typeof promisedTracePageSchema>["traces"][number];

/** A row as the contract writes it, without its spans. */
export function traceAnswer(row: TraceRow): Answer {
	return {
		id: row.id,
		project_id: row.projectId,
		name: row.name,
		input: row.input,
		output: row.output,
		model: row.model,
		latency_ms: row.latencyMs,
		cost: row.cost,
		error: row.error,
		tags: row.tags,
		control_loop_depth: row.controlLoopDepth,
		started_at: row.startedAt.toISOString(),
		ended_at: row.endedAt?.toISOString() ?? null,
	};
}
