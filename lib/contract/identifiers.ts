import { z } from "zod";

/**
 * An id as callers must send it: lower case, 8-4-4-4-12. PostgreSQL would accept braces and upper case
 * too, and the audit log would then hold two spellings of one id.
 */
export const uuidSchema = z
	.string()
	.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "must be a lower-case UUID");

/** A moment as our server promises it: RFC 3339 in UTC. */
export const dateTimeSchema = z.iso.datetime();

/** A moment in a query, as PostgreSQL can hold it: it has no year 0. */
export const queryMomentSchema = dateTimeSchema.refine(
	(text) => !text.startsWith("0000"),
	"must be after the year 0",
);

/** Any JSON object; free-form fields of the contract (reports, payloads, results, metadata). */
export const jsonObjectSchema = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof jsonObjectSchema>;
