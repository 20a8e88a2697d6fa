import { randomUUID } from "node:crypto";
import type { Transaction } from "../db/database";
import { remediations, spans } from "../db/schema";
import type { ControlActionRow } from "./answer";
import type { RemediatedAnswer } from "./executor";

/**
 * Stores an answer as a span beside the one it is to mend, and how the two compare. The comparison is complete
 * when it comes here, so the diff can be read at once. Returns the id of the new span.
 */
export async function storeRemediation(
	tx: Transaction,
	{ id: actionId, tenantId }: ControlActionRow,
	answer: RemediatedAnswer,
	now: Date,
): Promise<string> {
	const { original, evaluation, metadata, startedAt, endedAt, ...measured } = answer;
	const spanId = randomUUID();
	await tx.orm.insert(spans).values({
		...measured,
		id: spanId,
		tenantId,
		traceId: original.traceId,
		parentSpanId: original.parentSpanId,
		name: original.name,
		type: "llm",
		metadata: { ...metadata, remediates: original.spanId, control_action_id: actionId },
		startTime: startedAt,
		endTime: endedAt,
		createdAt: now,
	});
	await tx.orm.insert(remediations).values({
		...evaluation,
		actionId,
		tenantId,
		originalSpanId: original.spanId,
		remediatedSpanId: spanId,
		evaluatedAt: now,
		createdAt: now,
	});
	return spanId;
}
