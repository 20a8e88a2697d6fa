import { createHmac } from "node:crypto";
import type { ControlAction } from "@/lib/contract/control-action";
import { type JsonObject, jsonObjectSchema } from "@/lib/contract/identifiers";
import type { Clock } from "../../clock";
import type { EvaluationRule } from "../../evaluation/rule";
import type { Executor, ExecutorOutcome } from "../executor";
import { failed, nothingRun, unknownOutcome } from "./failed";
import { inTurn } from "./in-turn";
import { PostFault, postOnce, type Reply } from "./post-once";
import { remediatedOf } from "./remediated-reply";
import { createTurns } from "./turns";

export interface WebhookSettings {
	url: string;
	/** `whsec_` and base64, as Standard Webhooks writes it. */
	secret: string;
	/** For waiting in line and running together. */
	timeoutMs: number;
	/** How many requests go on at once; what is more waits in line. */
	concurrency: number;
	/** Whether the URL may lead to an address that is not on the public internet. */
	allowPrivate: boolean;
}

const maxReplyBytes = 64 * 1024;

/**
 * Hands each action to somebody else's server, signed by Standard Webhooks. The message id is made from
 * the action's, so that a receiver can tell a repeat. The reply, a JSON object, is the result; what it names
 * in `remediated` is stored as a span of the action's trace and scored by `rules`.
 */
export function webhookExecutor(
	settings: WebhookSettings,
	clock: Clock,
	rules: readonly EvaluationRule[],
): Executor {
	const turns = createTurns(settings.concurrency);
	return {
		name: "webhook",
		execute(action, circumstances) {
			const { subject } = circumstances;
			return inTurn(turns, settings.timeoutMs, circumstances, async (signal) => {
				const body = JSON.stringify(action);
				const startedAt = clock();
				let reply: Reply;
				try {
					reply = await postOnce({
						...settings,
						headers: {
							"content-type": "application/json",
							accept: "application/json",
							...signedHeaders(settings.secret, action, body, startedAt),
						},
						body,
						signal,
						maxReplyBytes,
					});
				} catch (error) {
					if (error instanceof PostFault) return broken(error, settings.timeoutMs);
					throw error;
				}
				const outcome = judged(reply);
				if (outcome.status === "failed") return outcome;
				const { result } = outcome;
				const made = remediatedOf(result, { action, subject, rules, startedAt, endedAt: clock() });
				if (made === null) return outcome;
				if ("answer" in made) return { ...outcome, remediated: made.answer };
				const remediation_note = `What the reply names as remediated was not stored. ${made.objection}`;
				return { ...outcome, result: { ...result, remediation_note } };
			});
		},
	};
}

/** The three headers of Standard Webhooks 1.0. */
function signedHeaders(
	secret: string,
	action: ControlAction,
	body: string,
	now: Date,
): Record<string, string> {
	const id = `msg_${action.id}`;
	const timestamp = String(Math.floor(now.getTime() / 1000));
	const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
	const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
	return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

function judged({ status, text }: Reply): ExecutorOutcome {
	const http_status = status;
	if (status >= 300 && status < 400) {
		return unknownOutcome("The executor answered with a redirect, which is not followed.", { http_status });
	}
	if (status < 200 || status > 299) {
		return failed(`The executor answered with status ${status}.`, { http_status });
	}
	if (text === null) {
		return unknownOutcome(`The executor's reply was longer than ${maxReplyBytes} bytes.`, { http_status });
	}
	const result = jsonObject(text);
	if (result === null) {
		return unknownOutcome("The executor's reply was not a JSON object.", { http_status });
	}
	return { status: "executed", result };
}

function jsonObject(text: string): JsonObject | null {
	try {
		const result = jsonObjectSchema.safeParse(JSON.parse(text));
		return result.success ? result.data : null;
	} catch {
		return null;
	}
}

function broken({ kind, wasSent, code }: PostFault, timeoutMs: number): ExecutorOutcome {
	if (kind === "private_address") {
		return nothingRun(
			"The executor's address is private or this computer's own, so nothing was sent. COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE=1 allows it.",
		);
	}
	if (!wasSent) {
		const why = kind === "timed_out" ? `no connection within ${timeoutMs} ms` : code;
		return nothingRun(`The executor could not be reached (${why}).`);
	}
	return kind === "timed_out"
		? unknownOutcome(`The executor did not answer within ${timeoutMs} ms.`)
		: unknownOutcome(`The connection to the executor broke (${code}).`);
}
