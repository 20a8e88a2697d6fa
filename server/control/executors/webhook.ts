import { createHmac } from "node:crypto";
import type { ControlAction } from "@/lib/contract/control-action";
import { type JsonObject, jsonObjectSchema } from "@/lib/contract/identifiers";
import type { Clock } from "../../clock";
import type { Executor, ExecutorOutcome } from "../executor";

export interface WebhookSettings {
	url: string;
	/** `whsec_` and base64, as Standard Webhooks writes it. */
	secret: string;
	timeoutMs: number;
}

const maxReplyBytes = 64 * 1024;

/** Errors that come before a byte of the request has left: nothing can have been run. */
const beforeSending = new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Hands each action to somebody else's server, signed by Standard Webhooks. The message id is made from
 * the action's, so that a receiver can tell a repeat.
 */
export function webhookExecutor(settings: WebhookSettings, clock: Clock): Executor {
	return {
		name: "webhook",
		async execute(action) {
			const body = JSON.stringify(action);
			let reply: { status: number; text: string | null };
			try {
				reply = await post(settings, body, signedHeaders(settings.secret, action, body, clock()));
			} catch (error) {
				return broken(error, settings.timeoutMs);
			}
			return judged(reply);
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

/** The reply's status and text; the text is null when it is longer than we keep. */
async function post(settings: WebhookSettings, body: string, headers: Record<string, string>) {
	const response = await fetch(settings.url, {
		method: "POST",
		headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
		body,
		redirect: "error",
		signal: AbortSignal.timeout(settings.timeoutMs),
	});
	const chunks: Uint8Array[] = [];
	let length = 0;
	const reader = response.body?.getReader();
	for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
		length += next.value.length;
		if (length > maxReplyBytes) {
			await reader?.cancel();
			return { status: response.status, text: null };
		}
		chunks.push(next.value);
	}
	return { status: response.status, text: Buffer.concat(chunks).toString("utf8") };
}

function judged({ status, text }: { status: number; text: string | null }): ExecutorOutcome {
	if (status < 200 || status > 299) {
		return failed({ error: `The executor answered with status ${status}.`, http_status: status });
	}
	if (text === null) {
		return unknownOutcome(`The executor's reply was longer than ${maxReplyBytes} bytes.`, {
			http_status: status,
		});
	}
	const result = jsonObject(text);
	if (result === null) {
		return unknownOutcome("The executor's reply was not a JSON object.", { http_status: status });
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

function broken(error: unknown, timeoutMs: number): ExecutorOutcome {
	if (error instanceof Error && error.name === "TimeoutError") {
		return unknownOutcome(`The executor did not answer within ${timeoutMs} ms.`, {});
	}
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
	const code = cause !== null && "code" in cause ? String(cause.code) : null;
	if (code !== null && beforeSending.has(code)) {
		return failed({ error: `The executor could not be reached (${code}).`, executed: false });
	}
	if (cause?.message === "unexpected redirect") {
		return unknownOutcome("The executor answered with a redirect, which is not followed.", {});
	}
	return unknownOutcome(
		`The connection to the executor broke (${code ?? cause?.message ?? "no reason"}).`,
		{},
	);
}

function failed(result: JsonObject): ExecutorOutcome {
	return { status: "failed", result };
}

/** The request was sent, so the action may have taken effect, whatever we did not hear. */
function unknownOutcome(error: string, more: JsonObject): ExecutorOutcome {
	return failed({
		error: `${error} Whether the action took effect is not known.`,
		outcome: "unknown",
		...more,
	});
}
