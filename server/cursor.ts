import { createHash } from "node:crypto";
import { ApiError } from "./errors/api-error";

/**
 * The place where a page ended, as text that only its own list can read: a cursor that was edited, cut, or
 * comes from another tenant or list, is refused. The check is against mistakes; what a cursor may show is
 * decided by the query that it goes into, which never leaves the tenant.
 */
export function writeCursor(scope: string, parts: readonly string[]): string {
	const place = parts.join(" ");
	return Buffer.from(`${checkOf(scope, place)} ${place}`, "utf8").toString("base64url");
}

/** The parts of a cursor that `writeCursor` made in the same scope; anything else throws 400. */
export function readCursor(scope: string, cursor: string): string[] {
	const [check, ...parts] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
	if (check === checkOf(scope, parts.join(" ")) && writeCursor(scope, parts) === cursor) return parts;
	throw new ApiError(
		"invalid_request",
		"The request is not valid: cursor: is not one that this list gave out.",
		{
			details: { fields: [{ path: "cursor", message: "is not one that this list gave out" }] },
		},
	);
}

function checkOf(scope: string, place: string): string {
	return createHash("sha256").update(`${scope}\n${place}`).digest("hex").slice(0, 16);
}
