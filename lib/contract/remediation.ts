import { z } from "zod";
import { controlActionStatuses, controlActionTypes } from "./control-action-types";
import { dateTimeSchema, uuidSchema } from "./identifiers";

/** What stands in `embedding_similarity` when none could be computed; never to be shown as a score. */
export const similarityNotAvailable = -1;

const scoreDeltaFields = {
	eval_rule_id: uuidSchema,
	rule_name: z.string(),
	original_score: z.number(),
	remediated_score: z.number(),
	delta: z.number(),
};

/** How one evaluation rule scored the two spans. */
export const promisedScoreDeltaSchema = z.strictObject(scoreDeltaFields);
export type ScoreDelta = z.infer<typeof promisedScoreDeltaSchema>;

const promisedDiffFields = {
	action_id: uuidSchema,
	original_span_id: uuidSchema,
	remediated_span_id: uuidSchema,
	/** Remediated − original, prompt and completion tokens together. */
	token_length_delta: z.number().int(),
	latency_delta_ms: z.number().int(),
	/** 0…1, or `similarityNotAvailable`. */
	embedding_similarity: z.number(),
	score_deltas: z.array(promisedScoreDeltaSchema),
	summary: z.string(),
	citation_density_delta: z.number().nullable().optional(),
};

/** A remediation's difference exactly as our own server promises to answer it. */
export const promisedRemediationDiffSchema = z.strictObject(promisedDiffFields);
/** The 202 answer of our own server while a remediation is not evaluated. */
export const promisedRemediationDiffPendingSchema = z.strictObject({
	status: z.literal("pending"),
	reason: z.literal("evaluation_incomplete"),
});

/** What a remediation changed on its span, as `GET /v1/control/actions/{id}/diff` answers it. */
export const remediationDiffSchema = z.looseObject({
	...promisedDiffFields,
	action_id: z.string(),
	original_span_id: z.string(),
	remediated_span_id: z.string(),
	score_deltas: z.array(z.looseObject({ ...scoreDeltaFields, eval_rule_id: z.string() })),
	citation_density_delta: z.number().nullish(),
});
export type RemediationDiff = z.infer<typeof remediationDiffSchema>;

/** The 202 answer while the evaluation of a remediation is not complete. */
const remediationDiffPendingSchema = z.looseObject({
	status: z.literal("pending"),
	reason: z.string(),
});

/** Either answer, by its kind. */
export const remediationAnswerSchema = z.union([
	remediationDiffSchema.transform((diff) => ({ kind: "ready" as const, diff })),
	remediationDiffPendingSchema.transform(({ reason }) => ({ kind: "pending" as const, reason })),
]);

/** `GET /v1/traces/{id}/remediations` of our own server: the steps taken on a trace, oldest first. */
export const promisedRemediationChainSchema = z.strictObject({
	steps: z.array(
		z.strictObject({
			action_id: uuidSchema,
			action_type: z.enum(controlActionTypes),
			status: z.enum(controlActionStatuses),
			intended_action_type: z.enum(controlActionTypes).optional(),
			created_at: dateTimeSchema,
			diff: promisedRemediationDiffSchema.optional(),
		}),
	),
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
