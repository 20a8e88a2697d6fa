import { z } from "zod";
import { auditActorTypes } from "./audit-entry";
import { dateTimeSchema } from "./identifiers";

const promisedFields = {
	decision: z.enum(["approve", "reject", "rollback"]),
	from_status: z.string(),
	to_status: z.string(),
	actor_type: z.enum(auditActorTypes),
	actor_id: z.string(),
	/** Empty when none was given. */
	reason: z.string(),
	created_at: dateTimeSchema,
};

/** A decision taken on a deployment (our addition) exactly as our own server promises to answer it. */
export const promisedDecisionSchema = z.strictObject(promisedFields);
export const promisedDecisionListSchema = z.strictObject({ decisions: z.array(promisedDecisionSchema) });

/** A decision as a server that has our addition may send it. */
export const recordedDecisionSchema = z.looseObject({
	...promisedFields,
	decision: z.string(),
	actor_type: z.string(),
	reason: z.string().nullish(),
	created_at: z.string(),
});
export type RecordedDecision = z.infer<typeof recordedDecisionSchema>;

/** `GET /v1/prompts/deployments/{id}/decisions`, oldest first. */
export const decisionListSchema = z.looseObject({ decisions: z.array(recordedDecisionSchema) });
export type DecisionList = z.infer<typeof decisionListSchema>;
