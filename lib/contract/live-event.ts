import { z } from "zod";
import { dateTimeSchema, uuidSchema } from "./identifiers";

/** `GET /v1/events` (our addition). */
export const liveEventsQuerySchema = z.object({
	/** Says that the caller has the review page of this deployment open, and asks who else has. */
	looking_at: uuidSchema.optional(),
});

/**
 * What has changed, as server-sent events. `hello` comes first and says where the stream goes on; `change` has
 * the sequence of the audit log as its id, so that a reader who was away goes on where it stopped; `reset` says
 * that too much has happened for that, and everything is to be read anew; `presence` says who has a review page
 * open.
 */
export const promisedLiveEventsSchema = z
	.string()
	.regex(/^(?:(?::|(?:retry|id|event|data): .*)?\n)*$/)
	.meta({
		description:
			"Server-sent events. `hello` (first) and `reset` (read everything anew) hold an empty object, `change` holds " +
			"`event`, `resource_id` and `at` of an entry of the audit log, `presence` holds `deployment_id` and `user_ids`. " +
			"The ids are sequences of the audit log; after Last-Event-ID nothing is left out. A stream ends after two minutes: come again.",
	});

export const promisedLiveChangeSchema = z.strictObject({
	event: z.string(),
	resource_id: z.string().nullable(),
	at: dateTimeSchema,
});

export const promisedLivePresenceSchema = z.strictObject({
	deployment_id: uuidSchema,
	user_ids: z.array(z.string()),
});

/** A change as it is read. */
export interface LiveChange {
	/** As the audit log names it, such as `deployment.approved`. */
	event: string;
	resource_id: string | null;
	at: string;
}
