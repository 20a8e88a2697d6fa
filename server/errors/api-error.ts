import { type ErrorBody, type ErrorCode, errorStatuses } from "@/lib/contract/error";

type ErrorDetails = Pick<ErrorBody, "fields" | "current" | "existing_id" | "record" | "reason">;

/** A refusal that the caller may read: a code of the contract and a sentence that is safe to show. */
export class ApiError extends Error {
	readonly code: ErrorCode;
	readonly details: ErrorDetails;
	readonly headers: Record<string, string>;

	constructor(
		code: ErrorCode,
		message: string,
		options: { details?: ErrorDetails; headers?: Record<string, string>; cause?: unknown } = {},
	) {
		super(message, { cause: options.cause });
		this.name = "ApiError";
		this.code = code;
		this.details = options.details ?? {};
		this.headers = options.headers ?? {};
	}

	get status() {
		return errorStatuses[this.code];
	}
}

/** The one answer for a row that is not there and for a row of another tenant. */
export function notFound(noun: string): ApiError {
	return new ApiError("not_found", `There is no such ${noun}.`);
}
