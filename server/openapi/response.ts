import type { JsonSchema } from "./json-schemas";

export type Reference = { $ref: string };

export interface ResponseObject {
	description: string;
	headers: Record<string, Reference>;
	content: Partial<Record<"application/json" | "text/event-stream", { schema: JsonSchema }>>;
}

const wholeNumber: JsonSchema = { type: "string", pattern: "^\\d+$" };

/** The headers of answers, under `components.headers`. */
export const answerHeaders = {
	RequestId: header("The id of the request: the caller's own where it was sane.", { type: "string" }),
	EntityTag: header("The version of the record, for If-Match.", { type: "string" }),
	EntityTagOfWhole: optional("The version of the record, for If-Match; a summary has none.", {
		type: "string",
	}),
	Replayed: optional("`true` when this is the answer of an earlier request with the same Idempotency-Key.", {
		type: "string",
		enum: ["true"],
	}),
	Authenticate: header("How to sign in.", { type: "string", enum: ["Bearer"] }),
	RetryAfter: header("After how many seconds to try again.", wholeNumber),
	RateLimit: optional("How many changes a caller may make in a minute.", wholeNumber),
	RateLimitRemaining: optional("How many of them are left.", wholeNumber),
	RateLimitReset: optional("After how many seconds all of them are back.", wholeNumber),
};

/** Of answers to what changes something, where the server limits that. */
export function rateLimitHeaders(): Record<string, Reference> {
	return {
		"X-RateLimit-Limit": headerReference("RateLimit"),
		"X-RateLimit-Remaining": headerReference("RateLimitRemaining"),
		"X-RateLimit-Reset": headerReference("RateLimitReset"),
	};
}

function optional(description: string, schema: JsonSchema) {
	return { ...header(description, schema), required: false };
}

function header(description: string, schema: JsonSchema) {
	return { description, required: true, schema };
}

export function headerReference(name: keyof typeof answerHeaders): Reference {
	return { $ref: `#/components/headers/${name}` };
}
