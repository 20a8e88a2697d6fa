import type { JsonObject } from "@/lib/contract/identifiers";
import type { ExecutorOutcome } from "../executor";

/** It was tried and did not work. */
export function failed(error: string, more: JsonObject = {}): ExecutorOutcome {
	return { status: "failed", result: { error, ...more } };
}

/** Nothing has left the server, so nothing can have taken effect. */
export function nothingRun(error: string, more: JsonObject = {}): ExecutorOutcome {
	return failed(error, { executed: false, ...more });
}

/** The request was sent, so the action may have taken effect, whatever we did not hear. */
export function unknownOutcome(error: string, more: JsonObject = {}): ExecutorOutcome {
	return failed(`${error} Whether the action took effect is not known.`, { outcome: "unknown", ...more });
}
