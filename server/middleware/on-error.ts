import type { Context } from "hono";
import type { ErrorBody } from "@/lib/contract/error";
import { UnknownOutcomeError } from "../db/database";
import { ApiError } from "../errors/api-error";
import { describeError } from "../log";
import type { AppEnvironment } from "./request-context";

/** The one place where an error becomes an answer. What we did not expect gets fixed words; the log gets the cause. */
export function onError(error: Error, c: Context<AppEnvironment>): Response {
	const known = knownError(error);
	if (known.cause !== undefined) c.set("logged", describeError(known.cause));
	const body: ErrorBody = {
		error: known.message,
		code: known.code,
		request_id: c.get("requestId"),
		...known.details,
	};
	return c.json(body, known.status, known.headers);
}

function knownError(error: Error): ApiError {
	if (error instanceof ApiError) return error;
	if (error instanceof UnknownOutcomeError) {
		return new ApiError(
			"outcome_unknown",
			"The connection to the database broke while this was being stored. Whether it was stored is not known: read it again before you repeat it.",
			{ cause: error },
		);
	}
	return new ApiError(
		"internal",
		"Something went wrong on our side. The request id helps us find out what.",
		{
			cause: error,
		},
	);
}
