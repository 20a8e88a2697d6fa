import { type ErrorCode, errorStatuses } from "@/lib/contract/error";
import type { Endpoint } from "../routes/endpoint";
import { headerReference, type ResponseObject, rateLimitHeaders } from "./response";

/** The refusals that this endpoint may give: those of every endpoint, those of its kind, its own. */
export function refusalsOf(endpoint: Endpoint): Map<number, ErrorCode[]> {
	const { method, isConditional, refusals } = endpoint;
	const codes = new Set<ErrorCode>([
		"invalid_request",
		"unauthenticated",
		"forbidden",
		"no_organization",
		"internal",
		"outcome_unknown",
		"overloaded",
		...(method === "GET" ? [] : (["role_unconfirmed", "rate_limited"] as const)),
		...(readsBody(endpoint) ? (["payload_too_large", "unsupported_media_type"] as const) : []),
		...(isConditional ? (["precondition_failed"] as const) : []),
		...(method === "POST" ? (["idempotency_in_flight", "idempotency_key_reused"] as const) : []),
		...refusals,
	]);
	const byStatus = new Map<number, ErrorCode[]>();
	for (const code of [...codes].sort()) {
		const status = errorStatuses[code];
		byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
	}
	return new Map([...byStatus].sort(([left], [right]) => left - right));
}

/** True where a body is looked at, if only to refuse it. */
export function readsBody({ method }: Pick<Endpoint, "method">): boolean {
	return method === "POST" || method === "PATCH";
}

/** The name of a refusal under `components.responses`: `ForbiddenOrNoOrganization`. */
export function refusalName(codes: readonly ErrorCode[]): string {
	return codes.map(pascal).join("Or");
}

/** A refusal with one of these codes, which all have the same status. */
export function refusalResponse(status: number, codes: readonly ErrorCode[]): ResponseObject {
	return {
		description: meanings[status] ?? "Refused.",
		headers: {
			"X-Request-Id": headerReference("RequestId"),
			...(status === 401 ? { "WWW-Authenticate": headerReference("Authenticate") } : {}),
			...(status === 412 ? { ETag: headerReference("EntityTag") } : {}),
			...(status === 429 ? { "Retry-After": headerReference("RetryAfter"), ...rateLimitHeaders() } : {}),
		},
		content: {
			"application/json": {
				schema: {
					allOf: [
						{ $ref: "#/components/schemas/Error" },
						{ type: "object", properties: { code: { type: "string", enum: [...codes] } } },
					],
				},
			},
		},
	};
}

const meanings: Readonly<Record<number, string>> = {
	400: "The request does not match this document; `fields` says where.",
	401: "There is no valid token.",
	403: "The token is valid, but this role may not do this.",
	404: "There is no such row, or it belongs to another organization.",
	409: "The state of the row does not allow it, or the same Idempotency-Key is at work.",
	412: "The row is not what If-Match says it is; `record` is what it is now.",
	413: "The body is too large.",
	415: "The body is not JSON in UTF-8.",
	422: "The request is understood and cannot be done.",
	429: "Too many requests. Try again after Retry-After.",
	500: "Something went wrong on the server's side.",
	503: "Not now. `code` says why.",
};

function pascal(code: ErrorCode): string {
	return code
		.split(/[._]/)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join("");
}
