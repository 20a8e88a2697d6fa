import { z } from "zod";

/** What stands in `embedding_similarity` when none could be computed; never to be shown as a score. */
export const similarityNotAvailable = -1;

/** What a remediation changed on its span, as `GET /v1/control/actions/{id}/diff` answers it. */
export const remediationDiffSchema = z.looseObject({
	action_id: z.string(),
	original_span_id: z.string(),
	remediated_span_id: z.string(),
	/** Remediated − original, prompt and completion tokens together. */
	token_length_delta: z.number().int(),
	latency_delta_ms: z.number().int(),
	/** 0…1, or `similarityNotAvailable`. */
	embedding_similarity: z.number(),
	score_deltas: z.array(
		z.looseObject({
			eval_rule_id: z.string(),
			rule_name: z.string(),
			original_score: z.number(),
			remediated_score: z.number(),
			delta: z.number(),
		}),
	),
	summary: z.string(),
	citation_density_delta: z.number().nullish(),
});
export type RemediationDiff = z.infer<typeof remediationDiffSchema>;

/** The 202 answer while the evaluation of a remediation is not complete. */
export const remediationDiffPendingSchema = z.looseObject({
	status: z.literal("pending"),
	reason: z.string(),
});

/** `GET /v1/traces/{id}/remediations`: the steps taken on a trace, oldest first. */
export const remediationChainSchema = z.looseObject({
	steps: z.array(
		z.looseObject({
			action_id: z.string(),
			action_type: z.string(),
			status: z.string(),
			intended_action_type: z.string().nullish(),
			created_at: z.string(),
			diff: remediationDiffSchema.nullish(),
		}),
	),
});
export type RemediationChain = z.infer<typeof remediationChainSchema>;
