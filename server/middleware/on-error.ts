import type { Context } from "hono";
import type { ErrorBody } from "@/lib/contract/error";
import { ApiError } from "../errors/api-error";
import { describeError } from "../log";
import type { AppEnvironment } from "./request-context";

/** The one place where an error becomes an answer. What we did not expect gets fixed words; the log gets the cause. */
export function onError(error: Error, c: Context<AppEnvironment>): Response {
	const known =
		error instanceof ApiError
			? error
			: new ApiError("internal", "Something went wrong on our side. The request id helps us find out what.", {
					cause: error,
				});
	if (known.cause !== undefined) c.set("logged", describeError(known.cause));
	const body: ErrorBody = {
		error: known.message,
		code: known.code,
		request_id: c.get("requestId"),
		...known.details,
	};
	return c.json(body, known.status, known.headers);
}
