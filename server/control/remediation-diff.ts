import { and, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { z } from "zod";
import { type promisedRemediationDiffSchema, similarityNotAvailable } from "@/lib/contract/remediation";
import type { Transaction } from "../db/database";
import { remediations, spans } from "../db/schema";

export type RemediationDiffAnswer = z.input<typeof promisedRemediationDiffSchema>;

type SpanRow = typeof spans.$inferSelect;
type Measured = Pick<SpanRow, "latencyMs" | "promptTokens" | "completionTokens">;

/**
 * What each of these actions has made of its span: "pending" while it is not evaluated, and no entry for an
 * action that has remediated nothing.
 */
export async function loadRemediationDiffs(
	tx: Transaction,
	tenantId: string,
	actionIds: readonly string[],
): Promise<Map<string, RemediationDiffAnswer | "pending">> {
	if (actionIds.length === 0) return new Map();
	const original = alias(spans, "original");
	const remediated = alias(spans, "remediated");
	const rows = await tx.orm
		.select({
			remediation: remediations,
			original: {
				latencyMs: original.latencyMs,
				promptTokens: original.promptTokens,
				completionTokens: original.completionTokens,
			},
			remediated: {
				latencyMs: remediated.latencyMs,
				promptTokens: remediated.promptTokens,
				completionTokens: remediated.completionTokens,
			},
		})
		.from(remediations)
		.innerJoin(
			original,
			and(eq(original.tenantId, remediations.tenantId), eq(original.id, remediations.originalSpanId)),
		)
		.innerJoin(
			remediated,
			and(eq(remediated.tenantId, remediations.tenantId), eq(remediated.id, remediations.remediatedSpanId)),
		)
		.where(and(eq(remediations.tenantId, tenantId), inArray(remediations.actionId, [...actionIds])));
	return new Map(
		rows.map((row) => [
			row.remediation.actionId,
			row.remediation.evaluatedAt === null
				? "pending"
				: remediationDiffOf(row.remediation, row.original, row.remediated),
		]),
	);
}

/** The difference between the two spans of an evaluated remediation, as the contract writes it. */
function remediationDiffOf(
	remediation: typeof remediations.$inferSelect,
	original: Measured,
	remediated: Measured,
): RemediationDiffAnswer {
	return {
		action_id: remediation.actionId,
		original_span_id: remediation.originalSpanId,
		remediated_span_id: remediation.remediatedSpanId,
		token_length_delta: tokens(remediated) - tokens(original),
		latency_delta_ms: latencyDeltaMs(original, remediated),
		embedding_similarity: remediation.embeddingSimilarity ?? similarityNotAvailable,
		score_deltas: remediation.scoreDeltas,
		summary: remediation.summary,
		citation_density_delta: remediation.citationDensityDelta,
	};
}

function tokens({ promptTokens, completionTokens }: Measured): number {
	return (promptTokens ?? 0) + (completionTokens ?? 0);
}

/** The contract wants a number here: with one of the two times unknown, 0 claims the least. */
function latencyDeltaMs(original: Measured, remediated: Measured): number {
	if (original.latencyMs === null || remediated.latencyMs === null) return 0;
	return Math.round(remediated.latencyMs - original.latencyMs);
}
