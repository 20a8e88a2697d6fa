import { z } from "zod";
import { controlActionStatuses, controlActionTypes, requestableActionTypes } from "./control-action-types";
import { dateTimeSchema, jsonObjectSchema, uuidSchema } from "./identifiers";
import { storableText } from "./text";

const promisedFields = {
	id: uuidSchema,
	tenant_id: uuidSchema,
	project_id: uuidSchema,
	action_type: z.enum(controlActionTypes),
	status: z.enum(controlActionStatuses),
	created_at: dateTimeSchema,
	updated_at: dateTimeSchema,
	trace_id: uuidSchema.nullable().optional(),
	/** Our addition: the deployment from whose page the action was asked for. */
	deployment_id: uuidSchema.nullable().optional(),
	rule_id: uuidSchema.nullable().optional(),
	payload: jsonObjectSchema.nullable().optional(),
	result: jsonObjectSchema.nullable().optional(),
	executed_at: dateTimeSchema.nullable().optional(),
};

/** A control action exactly as our own server promises to answer it. */
export const promisedControlActionSchema = z.strictObject(promisedFields);

/** A control action as any API of the contract may send it. */
export const controlActionSchema = z.looseObject({
	...promisedFields,
	id: z.string(),
	tenant_id: z.string(),
	project_id: z.string(),
	action_type: z.string(),
	status: z.string(),
	created_at: z.string(),
	updated_at: z.string(),
	trace_id: z.string().nullish(),
	deployment_id: z.string().nullish(),
	rule_id: z.string().nullish(),
	executed_at: z.string().nullish(),
});
export type ControlAction = z.infer<typeof controlActionSchema>;

export const promisedControlActionPageSchema = z.strictObject({
	actions: z.array(promisedControlActionSchema),
	next_cursor: z.string().optional(),
	has_more: z.boolean(),
});

export const controlActionPageSchema = z.looseObject({
	actions: z.array(controlActionSchema),
	next_cursor: z.string().nullish(),
	has_more: z.boolean(),
});
export type ControlActionPage = z.infer<typeof controlActionPageSchema>;

/** `GET /v1/control/actions/pending` of our own server: what waits for an owner, oldest first. */
export const promisedParkedActionsSchema = z.strictObject({ actions: z.array(promisedControlActionSchema) });

/** The same as any API of the contract may send it. */
export const parkedActionsSchema = z.looseObject({ actions: z.array(controlActionSchema) });

export const controlActionListQuerySchema = z.object({
	trace_id: uuidSchema.optional(),
	/** Our addition: what was asked for from the page of one deployment. */
	deployment_id: uuidSchema.optional(),
	// Our additions, announced as `action-filters`.
	status: z.enum(controlActionStatuses).optional(),
	/** What is parked is of the type `escalate`, whatever was asked for. */
	action_type: z.enum(controlActionTypes).optional(),
	project_id: uuidSchema.optional(),
	cursor: storableText(500).min(1).optional(),
	limit: z
		.string()
		.regex(/^([1-9]\d?|100)$/, "must be a whole number from 1 to 100")
		.transform(Number)
		.default(50),
});

/** The request of `POST /v1/control/execute`. */
export const executeRequestSchema = z.strictObject({
	project_id: uuidSchema,
	action_type: z.enum(requestableActionTypes),
	trace_id: uuidSchema.optional(),
	/** Our addition: the deployment from whose page the action is asked for, of the same project. */
	deployment_id: uuidSchema.optional(),
	rule_id: uuidSchema.optional(),
	payload: jsonObjectSchema.optional(),
});
export type ExecuteRequest = z.infer<typeof executeRequestSchema>;
