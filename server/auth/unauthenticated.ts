import { ApiError } from "../errors/api-error";

/** The one answer to whoever has shown neither a valid token nor a valid API key; the cause is for the log. */
export function unauthenticated(cause: unknown): ApiError {
	return new ApiError(
		"unauthenticated",
		"The request has no valid session token or API key. Sign in, then try again.",
		{
			headers: { "WWW-Authenticate": "Bearer" },
			cause,
		},
	);
}
