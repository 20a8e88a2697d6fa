import { z } from "zod";

/** Every machine-readable code that our own server answers, with its HTTP status. */
export const errorStatuses = {
	invalid_request: 400,
	unauthenticated: 401,
	plan_upgrade_required: 402,
	forbidden: 403,
	no_organization: 403,
	not_found: 404,
	method_not_allowed: 405,
	already_decided: 409,
	deployment_exists: 409,
	project_exists: 409,
	payload_too_large: 413,
	unsupported_media_type: 415,
	internal: 500,
	"error.kill_switch_active": 503,
	overloaded: 503,
} as const satisfies Record<string, number>;
export type ErrorCode = keyof typeof errorStatuses;

/** What a row is now, told to whoever lost a race for it: the facts of the decision that won. */
export const currentDecisionSchema = z.looseObject({
	status: z.string(),
	by: z.string().nullable(),
	at: z.string().nullable(),
	reason: z.string().nullish(),
});
export type CurrentDecision = z.infer<typeof currentDecisionSchema>;

/**
 * The one error envelope of the contract: a text for a person, a code where one exists, and what our
 * server adds (request id, the invalid fields, the decision that won, the row that already exists).
 */
export const errorBodySchema = z.looseObject({
	error: z.string(),
	code: z.string().optional(),
	request_id: z.string().optional(),
	required_plan: z.string().optional(),
	fields: z.array(z.looseObject({ path: z.string(), message: z.string() })).optional(),
	current: currentDecisionSchema.optional(),
	existing_id: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
