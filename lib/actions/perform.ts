import "server-only";
import type { ZodType } from "zod";
import { getCaller } from "../auth/caller";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { getServerApi } from "../client/server-client";
import { type Operation, refusal } from "../rules/authority";
import type { ActionFailure, ActionResult } from "./result";

/**
 * The one shape of every server action: who asks, may they, is the input sound, one call, a typed
 * result. An action can be posted by anyone to any path of ours with any argument, so nothing is taken
 * on trust, and nothing is thrown: Next hides thrown messages.
 */
export async function perform<Input, Data>(
	operation: Operation,
	schema: ZodType<Input>,
	argument: unknown,
	call: (api: ApiClient, input: Input) => Promise<Data>,
): Promise<ActionResult<Data>> {
	const caller = await getCaller();
	if (caller === null) {
		const message = "Your session has ended, so nothing was sent.";
		return { ok: false, error: { code: "unauthenticated", message, outcome: "not_sent" } };
	}
	const why = refusal(operation, caller);
	if (why !== null) return refused("forbidden", why);
	const input = schema.safeParse(argument);
	if (!input.success) {
		const [issue] = input.error.issues;
		const where = issue?.path.join(".");
		return refused("invalid_request", `${where ? `${where} ` : ""}${issue?.message ?? "is not valid"}.`);
	}
	try {
		return { ok: true, data: await call(getServerApi(), input.data) };
	} catch (error) {
		return { ok: false, error: describeFailure(operation, error) };
	}
}

function refused(code: string, message: string): { ok: false; error: ActionFailure } {
	return { ok: false, error: { code, message, outcome: "refused" } };
}

function describeFailure(operation: Operation, error: unknown): ActionFailure {
	if (!(error instanceof ApiError)) {
		console.error(
			JSON.stringify({ level: "error", event: "action_failed", operation, cause: String(error) }),
		);
		return {
			code: "internal",
			message: "Something failed on our side. Whether the API carried this out is not known.",
			outcome: "unknown",
		};
	}
	if (error.outcome !== "refused") {
		const { code, status, outcome } = error;
		const cause = error.cause === undefined ? undefined : String(error.cause);
		console.warn(
			JSON.stringify({ level: "warn", event: "api_call_failed", operation, code, status, outcome, cause }),
		);
	}
	return {
		code: error.code,
		message: error.message,
		outcome: error.outcome,
		current: error.current,
		requestId: error.requestId,
	};
}
