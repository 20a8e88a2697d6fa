import { z } from "zod";
import { type ErrorCode, errorBodySchema, errorStatuses } from "@/lib/contract/error";

// The cast: these are the keys of that very object.
const codes = Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]];

/** A refusal as our own server promises it: never without its code and its request id. */
export const promisedErrorBodySchema = errorBodySchema.extend({
	code: z.enum(codes),
	request_id: z.string(),
});
