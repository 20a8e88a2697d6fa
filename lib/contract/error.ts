import { z } from "zod";
import { jsonObjectSchema } from "./identifiers";

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
	already_revoked: 409,
	idempotency_in_flight: 409,
	deployment_exists: 409,
	project_exists: 409,
	precondition_failed: 412,
	payload_too_large: 413,
	unsupported_media_type: 415,
	idempotency_key_reused: 422,
	no_remediated_span: 422,
	rate_limited: 429,
	internal: 500,
	outcome_unknown: 500,
	"error.kill_switch_active": 503,
	overloaded: 503,
	role_unconfirmed: 503,
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
	/** On 412: the record as it is now. */
	record: jsonObjectSchema.optional(),
	/** On 422 of a remediation's difference, as the contract has it. */
	reason: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
