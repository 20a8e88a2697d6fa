import { z } from "zod";
import { uuidPattern } from "./uuid";

/** An id as callers must send it. */
export const uuidSchema = z.string().regex(uuidPattern, "must be a lower-case UUID");

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
