import { z } from "zod";
import { deploymentStatuses } from "./deployment-status";
import { dateTimeSchema, jsonObjectSchema, uuidSchema } from "./identifiers";
import { reasonSchema, storableText } from "./text";

export const deploymentStatusSchema = z.enum(deploymentStatuses);

const promisedFields = {
	id: uuidSchema,
	tenant_id: uuidSchema,
	project_id: uuidSchema,
	cluster_signature: z.string(),
	status: deploymentStatusSchema,
	current_prompt: z.string(),
	proposed_prompt: z.string(),
	created_at: dateTimeSchema,
	updated_at: dateTimeSchema,
	rationale: z.string().optional(),
	ab_report: jsonObjectSchema.nullable().optional(),
	regression_metric: z.number().nullable().optional(),
	shipped_at: dateTimeSchema.nullable().optional(),
	rolled_back_at: dateTimeSchema.nullable().optional(),
	approved_by: z.string().nullable().optional(),
	rejection_reason: z.string().optional(),
};

/** A deployment exactly as our own server promises to answer it. */
export const promisedDeploymentSchema = z.strictObject(promisedFields);
/** The same where `fields=summary` may leave out both prompts. */
export const promisedDeploymentOrSummarySchema = promisedDeploymentSchema.partial({
	current_prompt: true,
	proposed_prompt: true,
});

const readableFields = {
	...promisedFields,
	id: z.string(),
	tenant_id: z.string(),
	project_id: z.string(),
	status: z.string(),
	created_at: z.string(),
	updated_at: z.string(),
	shipped_at: z.string().nullish(),
	rolled_back_at: z.string().nullish(),
	rationale: z.string().nullish(),
	rejection_reason: z.string().nullish(),
};

/** A deployment as any API of the contract may send it: unknown fields are kept, unknown states pass. */
export const deploymentSchema = z.looseObject(readableFields);
export type Deployment = z.infer<typeof deploymentSchema>;

/**
 * A deployment without its prompts. Our server leaves them out when asked (`fields=summary`, our addition); a
 * server that does not announce this sends them, and they are dropped here.
 */
export const deploymentSummarySchema = z
	.looseObject({
		...readableFields,
		current_prompt: z.string().optional(),
		proposed_prompt: z.string().optional(),
	})
	.transform(({ current_prompt: _current, proposed_prompt: _proposed, ...summary }) => summary);
export type DeploymentSummary = z.infer<typeof deploymentSummarySchema>;

const pageFields = {
	total: z.number().int().nonnegative(),
	limit: z.number().int().positive(),
	offset: z.number().int().nonnegative(),
};

export const promisedDeploymentPageSchema = z.strictObject({
	items: z.array(promisedDeploymentOrSummarySchema),
	...pageFields,
});

export const deploymentPageSchema = z.looseObject({
	items: z.array(deploymentSummarySchema),
	...pageFields,
});
export type DeploymentPage = z.infer<typeof deploymentPageSchema>;

/** A whole number as a query string spells it: `1e3`, `0x10`, `1.5` and an empty value are refused. */
function wholeNumber(minimum: number, maximum: number) {
	return z
		.string()
		.regex(/^(0|[1-9]\d{0,15})$/, "must be a whole number")
		.transform(Number)
		.refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`);
}

/** A cluster's signature as our server takes it in, in a proposal and in a query. */
const clusterSignatureSchema = storableText(500).min(1, "must not be empty");

/** Our addition: `summary` leaves out the two prompts, which make up nearly all of an answer's bytes. */
const fieldsSchema = z.enum(["summary"]).optional();

export const deploymentQuerySchema = z.object({ fields: fieldsSchema });

export const deploymentListQuerySchema = z.object({
	status: deploymentStatusSchema.optional(),
	project_id: uuidSchema.optional(),
	/** Our addition: every candidate that was written against one cluster of failures. */
	cluster_signature: clusterSignatureSchema.optional(),
	fields: fieldsSchema,
	limit: wholeNumber(1, 200).default(50),
	offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
});

/** The optional body of a decision. That of approve is our addition to the contract. */
export const decisionBodySchema = z.strictObject({ reason: reasonSchema.optional() });
export type DecisionBody = z.infer<typeof decisionBodySchema>;

/** The longest prompt that our server takes in, in code points; two of them fit a 4 MB body. */
export const promptMaxLength = 1_300_000;

/**
 * A new proposal (our addition to the contract). The outcome of the A/B test comes with its report or
 * not at all: a verdict without evidence, or evidence without a verdict, is refused.
 */
export const newDeploymentSchema = z
	.strictObject({
		project_id: uuidSchema,
		cluster_signature: clusterSignatureSchema,
		current_prompt: storableText(promptMaxLength),
		proposed_prompt: storableText(promptMaxLength).min(1, "must not be empty"),
		rationale: storableText(4_000).optional(),
		ab_report: jsonObjectSchema.nullable().optional(),
		status: z.enum(["proposed", "ab_passed", "ab_failed"]).default("proposed"),
	})
	.refine((body) => body.status !== "proposed" || body.ab_report == null, {
		path: ["status"],
		message: "must be ab_passed or ab_failed when ab_report is given",
	})
	.refine((body) => body.status === "proposed" || body.ab_report != null, {
		path: ["ab_report"],
		message: "must be given when status says how the A/B test ended",
	});
export type NewDeployment = z.infer<typeof newDeploymentSchema>;
