import { z } from "zod";

/** Failures that share one error, as `GET /v1/failures/clusters` answers them. */
export const failureClusterSchema = z.looseObject({
	error_message: z.string(),
	count: z.number().int().nonnegative(),
	first_seen: z.string(),
	last_seen: z.string(),
	sample_ids: z.array(z.string()),
});
export type FailureCluster = z.infer<typeof failureClusterSchema>;

export const failureClusterListSchema = z.looseObject({ clusters: z.array(failureClusterSchema) });
