import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, generateText } from "ai";
import { guardedFetch, TooLongError } from "./guarded-fetch";
import type { ModelRequest } from "./model-request";
import { PostFault } from "./post-once";

export interface Endpoint {
	/** Up to and without `/chat/completions`. */
	url: string;
	/** Null where the endpoint asks for none. */
	apiKey: string | null;
	allowPrivate: boolean;
}

export interface Answer {
	text: string;
	/** The name that the endpoint gave, or else the one that was asked for. */
	model: string;
	finishReason: string;
	promptTokens: number | null;
	completionTokens: number | null;
	latencyMs: number;
}

/** No answer came. */
export interface NoAnswer {
	/** A sentence. */
	fault: string;
	/** Null where none came. */
	status: number | null;
	/** False when nothing can have left the server. */
	wasSent: boolean;
	/** False when another try would end the same. */
	mayHelp: boolean;
	/** What the endpoint gave as the reason; text of others. */
	detail: string | null;
}

const maxReplyBytes = 1024 * 1024;
const maxDetailCharacters = 300;

/** Asks a model of an OpenAI-compatible endpoint once, until the deadline. */
export async function askModel(
	{ url, apiKey, allowPrivate }: Endpoint,
	{ model, system, messages, parameters }: ModelRequest,
	deadline: AbortSignal,
): Promise<Answer | NoAnswer> {
	const provider = createOpenAICompatible({
		name: "executor",
		baseURL: url,
		...(apiKey === null ? {} : { apiKey }),
		fetch: guardedFetch({ maxReplyBytes, allowPrivate }),
	});
	const { temperature, top_p, max_tokens, presence_penalty, frequency_penalty, seed, stop } = parameters;
	const begunAt = performance.now();
	try {
		const { text, finishReason, usage, response } = await generateText({
			model: provider.chatModel(model),
			...(system === null ? {} : { system }),
			messages,
			temperature,
			topP: top_p,
			maxOutputTokens: max_tokens,
			presencePenalty: presence_penalty,
			frequencyPenalty: frequency_penalty,
			seed,
			stopSequences: stop,
			// Tries are counted and told by whoever calls this.
			maxRetries: 0,
			abortSignal: deadline,
		});
		if (text.trim() === "") {
			return noAnswer(`The model answered without a text (${finishReason}).`, { status: 200 });
		}
		return {
			text,
			model: response.modelId.slice(0, 200),
			finishReason,
			promptTokens: tokenCount(usage.inputTokens),
			completionTokens: tokenCount(usage.outputTokens),
			latencyMs: Math.round(performance.now() - begunAt),
		};
	} catch (error) {
		return noAnswerOf(error, apiKey);
	}
}

function noAnswer(fault: string, more: Partial<NoAnswer>): NoAnswer {
	return { fault, status: null, wasSent: true, mayHelp: true, detail: null, ...more };
}

function noAnswerOf(error: unknown, apiKey: string | null): NoAnswer {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if (cause instanceof PostFault) return noReply(cause);
		if (cause instanceof TooLongError) {
			return noAnswer(`The model endpoint's reply was longer than ${maxReplyBytes} bytes.`, {});
		}
	}
	if (!APICallError.isInstance(error) || error.statusCode === undefined) {
		return noAnswer("The model endpoint's reply was not one of a chat completion.", {});
	}
	const { statusCode: status, isRetryable } = error;
	if (status >= 300 && status < 400) {
		return noAnswer("The model endpoint answered with a redirect, which is not followed.", {
			status,
			mayHelp: false,
		});
	}
	if (status < 300) {
		return noAnswer("The model endpoint's reply was not one of a chat completion.", { status });
	}
	return noAnswer(`The model endpoint answered with status ${status}.`, {
		status,
		mayHelp: isRetryable,
		// Whoever refuses a key likes to quote it.
		detail: status === 401 || status === 403 ? null : shownDetail(error.message, apiKey),
	});
}

function noReply({ kind, wasSent, code }: PostFault): NoAnswer {
	if (kind === "private_address") {
		return noAnswer(
			"The model endpoint's address is private or this computer's own, so nothing was sent. COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE=1 allows it.",
			{ wasSent, mayHelp: false },
		);
	}
	if (kind === "timed_out") {
		return noAnswer("The model endpoint did not answer in time.", { wasSent, mayHelp: false });
	}
	return wasSent
		? noAnswer(`The connection to the model endpoint broke (${code}).`, {})
		: noAnswer(`The model endpoint could not be reached (${code}).`, { wasSent });
}

function shownDetail(text: string, apiKey: string | null): string | null {
	const hidden = apiKey === null ? text : text.replaceAll(apiKey, "…");
	const shown = hidden
		.toWellFormed()
		.replaceAll(/[\p{Cc}\s]+/gu, " ")
		.trim()
		.slice(0, maxDetailCharacters);
	return shown === "" ? null : shown.toWellFormed();
}

/** What a column can hold; an endpoint may say anything. */
function tokenCount(count: number | undefined): number | null {
	const isCount = count !== undefined && Number.isInteger(count) && count >= 0 && count <= 2_147_483_647;
	return isCount ? count : null;
}
