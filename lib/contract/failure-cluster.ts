import { z } from "zod";
import { dateTimeSchema, queryMomentSchema, uuidSchema } from "./identifiers";

const promisedFields = {
	error_message: z.string(),
	count: z.number().int().nonnegative(),
	first_seen: dateTimeSchema,
	last_seen: dateTimeSchema,
	/** The newest traces of the cluster. */
	sample_ids: z.array(uuidSchema),
};

/** Failures that share one error, exactly as our own server promises to answer them. */
export const promisedFailureClusterListSchema = z.strictObject({
	clusters: z.array(z.strictObject(promisedFields)),
});

/** Failures that share one error, as `GET /v1/failures/clusters` of any API of the contract may send them. */
export const failureClusterSchema = z.looseObject({
	...promisedFields,
	first_seen: z.string(),
	last_seen: z.string(),
	sample_ids: z.array(z.string()),
});
export type FailureCluster = z.infer<typeof failureClusterSchema>;

export const failureClusterListSchema = z.looseObject({ clusters: z.array(failureClusterSchema) });

/** `from` is included, `to` is not. */
export const failureClusterQuerySchema = z.object({
	project_id: uuidSchema.optional(),
	from: queryMomentSchema.optional(),
	to: queryMomentSchema.optional(),
});
