import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiError } from "./errors/api-error";

/** The places where pages ended, as text that only the list that gave them out can read. */
export interface Cursors {
	/** `scope` names the list and its tenant. */
	write(scope: string, parts: readonly string[]): string;
	/** The parts of a cursor that `write` made in the same scope; anything else throws 400. */
	read(scope: string, cursor: string): string[];
}

/**
 * Makes cursors that are signed: one that was edited, cut, or comes from another tenant or list is refused.
 * What a cursor may show is still decided by the query that it goes into, which never leaves the tenant.
 */
export function createCursors(secret: string): Cursors {
	const signature = (scope: string, place: string) =>
		createHmac("sha256", secret).update(`${scope}\n${place}`).digest("base64url").slice(0, 22);
	const write: Cursors["write"] = (scope, parts) => {
		const place = parts.join(" ");
		return Buffer.from(`${signature(scope, place)} ${place}`, "utf8").toString("base64url");
	};
	return {
		write,
		read(scope, cursor) {
			const [given = "", ...parts] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
			const isOurs = isSame(given, signature(scope, parts.join(" "))) && write(scope, parts) === cursor;
			if (isOurs) return parts;
			throw new ApiError(
				"invalid_request",
				"The request is not valid: cursor: is not one that this list gave out.",
				{ details: { fields: [{ path: "cursor", message: "is not one that this list gave out" }] } },
			);
		},
	};
}

function isSame(one: string, other: string): boolean {
	const [left, right] = [Buffer.from(one), Buffer.from(other)];
	return left.length === right.length && timingSafeEqual(left, right);
}
