import type { ErrorHandler, NotFoundHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A refusal in Clerk's own words; `paramName` makes `<SignIn/>` show it at that field. */
export class ClerkError extends Error {
	constructor(
		readonly status: ContentfulStatusCode,
		readonly code: string,
		message: string,
		readonly paramName?: string,
	) {
		super(message);
	}
}

function errorBody(error: ClerkError) {
	const meta = error.paramName ? { param_name: error.paramName } : {};
	return { errors: [{ code: error.code, message: error.message, long_message: error.message, meta }] };
}

/** Answers a refusal in its own words, and anything unexpected with a fixed sentence. */
export const handleClerkError: ErrorHandler = (error, c) => {
	if (error instanceof ClerkError) return c.json(errorBody(error), error.status);
	console.error(error);
	const unexpected = new ClerkError(
		500,
		"internal_clerk_error",
		"The local sign-in failed. Its log says why.",
	);
	return c.json(errorBody(unexpected), 500);
};

/** Names the call that the stand-in lacks, so that it can be added. */
export const handleNotFound: NotFoundHandler = (c) => {
	const message = `The local stand-in for Clerk does not offer ${c.req.method} ${c.req.path}.`;
	return c.json(errorBody(new ClerkError(404, "resource_not_found", message)), 404);
};

/** The refusal that makes Clerk's script look again at who is signed in. */
export function unauthenticated(): ClerkError {
	return new ClerkError(401, "authentication_invalid", "Nobody is signed in here.");
}

/** The refusal for an id that leads nowhere. */
export function notFound(what: string): ClerkError {
	return new ClerkError(404, "resource_not_found", `No such ${what}.`);
}
