import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { ApiError } from "./errors/api-error";

/** A request that may be sent again without being done again: its `Idempotency-Key` and what it belongs to. */
export interface OnceKey {
	key: string;
	/** Method and path. */
	operation: string;
	/** SHA-256 of the body's canonical JSON: the same key with another body is a mistake of the caller. */
	requestHash: string;
}

const keyShape = /^[\x21-\x7e]{1,255}$/;

/** Reads an `Idempotency-Key` header, or throws 400; null when there is none. */
export function readOnceKey(header: string | undefined, operation: string, body: object): OnceKey | null {
	if (header === undefined) return null;
	if (!keyShape.test(header)) {
		throw new ApiError(
			"invalid_request",
			"The request is not valid: Idempotency-Key: must be 1 to 255 visible ASCII characters.",
			{
				details: {
					fields: [{ path: "Idempotency-Key", message: "must be 1 to 255 visible ASCII characters" }],
				},
			},
		);
	}
	const canonical = canonicalize(body);
	if (canonical === undefined) throw new Error("A parsed body has no canonical JSON");
	return { key: header, operation, requestHash: createHash("sha256").update(canonical).digest("hex") };
}
