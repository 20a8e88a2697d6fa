import { z } from "zod";
import { hasVisibleCharacter } from "./characters";
import { dateTimeSchema, uuidSchema } from "./identifiers";
import { type Role, roles } from "./role";
import { storableText } from "./text";

const promisedFields = {
	id: uuidSchema,
	name: z.string(),
	role: z.enum(roles),
	/** What the key may do of that which its role may; null is all of it. */
	scopes: z.array(z.string()).nullable(),
	/** The first characters of the key, by which a person tells it from others. */
	prefix: z.string(),
	created_by: z.string(),
	created_at: dateTimeSchema,
	/** Exact to a minute. */
	last_used_at: dateTimeSchema.nullable(),
	revoked_at: dateTimeSchema.nullable(),
	revoked_by: z.string().nullable(),
};

/** An API key (our addition) exactly as our own server promises to answer it: never with the key itself. */
export const promisedApiKeySchema = z.strictObject(promisedFields);
export const promisedApiKeyListSchema = z.strictObject({ api_keys: z.array(promisedApiKeySchema) });

/**
 * The answer of its creation, which alone holds the key. A repeat with the same `Idempotency-Key` answers
 * the record without it, since a kept answer would keep the key in clear.
 */
export const promisedNewApiKeySchema = z.strictObject({
	...promisedFields,
	key: z
		.string()
		.regex(/^tl_[A-Za-z0-9_-]{43}$/)
		.optional()
		.describe("Shown once: a repeat with the same Idempotency-Key answers the record without it."),
});

/**
 * A new key. What may stand in `scopes`, and who may hold it, are rules; the contract knows none, so they are
 * handed in.
 */
export function newApiKeySchema<Scope extends string>(
	scopes: readonly Scope[],
	mayHold: (role: Role, scope: Scope) => boolean,
) {
	return z
		.strictObject({
			name: storableText(100)
				.refine(hasVisibleCharacter, "must hold a visible character")
				.refine((name) => !/\p{Cc}/u.test(name), "must not hold line ends or other control characters"),
			role: z.enum(roles),
			scopes: z
				.array(z.enum(scopes))
				.min(1, "must name something; leave it out for everything that the role may do")
				.refine((given) => new Set(given).size === given.length, "must not name anything twice")
				.optional(),
		})
		.superRefine(({ role, scopes: given = [] }, context) => {
			given.forEach((scope, index) => {
				if (mayHold(role, scope)) return;
				context.addIssue({
					code: "custom",
					path: ["scopes", index],
					message: `is not allowed for the role ${role}`,
				});
			});
		});
}
