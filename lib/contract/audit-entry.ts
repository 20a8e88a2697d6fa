import { z } from "zod";
import { dateTimeSchema, jsonObjectSchema, queryMomentSchema, uuidSchema } from "./identifiers";
import { storableText } from "./text";

export const auditActorTypes = ["user", "api_key", "system"] as const;
export type AuditActorType = (typeof auditActorTypes)[number];

const promisedFields = {
	id: uuidSchema,
	event: z.string(),
	actor_type: z.enum(auditActorTypes),
	actor_id: z.string(),
	resource_id: z.string().nullable(),
	metadata: jsonObjectSchema,
	created_at: dateTimeSchema,
	/** Hex SHA-256 of the entry before this one in the tenant's chain; 64 zeros on the first. */
	prev_hash: z.string(),
	/** `sha256(prev_hash || canonical_json(entry))`, hex. */
	curr_hash: z.string(),
};

/** An entry of the audit log exactly as our own server promises to answer it. */
export const promisedAuditEntrySchema = z.strictObject(promisedFields);
export type PromisedAuditEntry = z.infer<typeof promisedAuditEntrySchema>;

/** An entry of the audit log as any API of the contract may send it. */
export const auditEntrySchema = z.looseObject({
	...promisedFields,
	id: z.string(),
	actor_type: z.string(),
	created_at: z.string(),
	metadata: jsonObjectSchema.nullish(),
	resource_id: z.string().nullish(),
	prev_hash: z.string().nullish(),
	curr_hash: z.string().nullish(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const promisedAuditPageSchema = z.strictObject({
	entries: z.array(promisedAuditEntrySchema),
	next_cursor: z.string().optional(),
	has_more: z.boolean(),
});

export const auditPageSchema = z.looseObject({
	entries: z.array(auditEntrySchema),
	next_cursor: z.string().nullish(),
	has_more: z.boolean(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** `from` is included, `to` is not. */
export const auditListQuerySchema = z.object({
	event: storableText(100).min(1, "must not be empty").optional(),
	from: queryMomentSchema.optional(),
	to: queryMomentSchema.optional(),
	cursor: storableText(500).min(1, "must not be empty").optional(),
});
