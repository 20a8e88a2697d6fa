import type { CurrentDecision, ErrorBody } from "../contract/error";

/**
 * How much is known about a request that failed: `refused`: the API answered and did nothing;
 * `not_sent`: it never left; `unknown`: it may or may not have been carried out.
 */
export type Outcome = "refused" | "not_sent" | "unknown";

/** Why a call to the API did not give what was asked for. `message` is a sentence for the person. */
export class ApiError extends Error {
	override readonly name = "ApiError";
	readonly status: number | null;
	readonly code: string;
	readonly outcome: Outcome;
	readonly current: CurrentDecision | undefined;
	readonly fields: ErrorBody["fields"];
	readonly requestId: string | undefined;

	constructor(
		message: string,
		details: {
			status: number | null;
			code: string;
			outcome: Outcome;
			body?: ErrorBody | undefined;
			cause?: unknown;
		},
	) {
		super(message, { cause: details.cause });
		this.status = details.status;
		this.code = details.code;
		this.outcome = details.outcome;
		this.current = details.body?.current;
		this.fields = details.body?.fields;
		this.requestId = details.body?.request_id;
	}
}

/** The status of an API answer that failed, or null for anything else. */
export function statusOf(error: unknown): number | null {
	return error instanceof ApiError ? error.status : null;
}
