import type { Extension } from "../contract/health";
import type { Replies, ReplyForm, ReplyRead } from "../contract/replies";
import { ApiError, type Outcome } from "./api-error";
import { connectionFault } from "./fetch-api";
import { parseJson } from "./parse-json";

/** How a client reaches an API: the browser goes through the gateway, the server straight to it. */
export interface Transport {
	baseUrl: string;
	fetch: (input: string, init: RequestInit) => Promise<Response>;
	/** Headers that prove who asks. A cookie does that for the browser, which names the form it asks for instead. */
	authorize: (form: ReplyForm) => Promise<Record<string, string>>;
	/** Reads the body of an answer, which has this form or a problem. */
	readReply: <F extends ReplyForm>(form: F, body: unknown, headers: Headers) => ReplyRead<Replies[F]>;
	/** What the API adds to the contract; the browser leaves this to the gateway, which knows. */
	extensions?: () => Promise<ReadonlySet<Extension>>;
}

export interface ApiRequest<F extends ReplyForm> {
	method: "GET" | "POST";
	path: string;
	query?: Record<string, string | number | null | undefined>;
	body?: unknown;
	headers?: Record<string, string>;
	reply: F;
	signal?: AbortSignal | undefined;
	timeoutMs?: number;
}

/** Executing an action waits for its executor; everything else answers in milliseconds. */
const readTimeoutMs = 10_000;
const writeTimeoutMs = 30_000;

/**
 * Sends one request and parses its reply. Throws an `ApiError` for anything but a 2xx with the promised
 * shape; nothing is retried here.
 */
export async function send<F extends ReplyForm>(
	transport: Transport,
	request: ApiRequest<F>,
): Promise<Replies[F]> {
	return (await sendForTag(transport, request)).data;
}

/** The same, with the `ETag` of the reply; null where it has none. */
export async function sendForTag<F extends ReplyForm>(
	transport: Transport,
	request: ApiRequest<F>,
): Promise<{ data: Replies[F]; tag: string | null }> {
	const isWrite = request.method === "POST";
	const timeout = AbortSignal.timeout(request.timeoutMs ?? (isWrite ? writeTimeoutMs : readTimeoutMs));
	const authorization = await transport.authorize(request.reply);
	let response: Response;
	let text: string;
	try {
		response = await transport.fetch(`${transport.baseUrl}${request.path}${searchOf(request.query)}`, {
			method: request.method,
			headers: {
				accept: "application/json",
				...(request.body === undefined ? {} : { "content-type": "application/json" }),
				...request.headers,
				...authorization,
			},
			...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
			cache: "no-store",
			redirect: "error",
			signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
		});
		text = await response.text();
	} catch (cause) {
		if (request.signal?.aborted) throw cause;
		throw unreachable(isWrite, timeout.aborted, cause);
	}
	if (!response.ok) throw refused(transport, response, text, isWrite);
	const read = transport.readReply(request.reply, parseJson(text), response.headers);
	if ("problem" in read) {
		throw new ApiError("The API answered in a form that Countersign does not know.", {
			status: response.status,
			code: "unreadable_reply",
			outcome: isWrite ? "unknown" : "refused",
			cause: read.problem,
		});
	}
	return { data: read.data, tag: response.headers.get("etag") };
}

function searchOf(query: ApiRequest<ReplyForm>["query"]): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query ?? {})) {
		if (value !== null && value !== undefined) search.set(name, String(value));
	}
	const text = search.toString();
	return text === "" ? "" : `?${text}`;
}

function unreachable(isWrite: boolean, isTimeout: boolean, cause: unknown): ApiError {
	const outcome: Outcome = !isWrite || wasNeverSent(cause) ? "not_sent" : "unknown";
	const what = isTimeout ? "The API did not answer in time." : "The API cannot be reached.";
	const consequence = outcome === "unknown" ? " Whether it carried this out is not known." : "";
	return new ApiError(what + consequence, {
		status: null,
		code: isTimeout ? "timeout" : "unreachable",
		outcome,
		cause,
	});
}

/** True when the connection itself failed, so that no byte of the request can have arrived. */
function wasNeverSent(cause: unknown): boolean {
	const code = connectionFault(cause);
	return code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "UND_ERR_CONNECT_TIMEOUT";
}

function refused(
	transport: Transport,
	{ status, headers }: Response,
	text: string,
	isWrite: boolean,
): ApiError {
	const read = transport.readReply("error", parseJson(text), headers);
	const body = "data" in read ? read.data : undefined;
	// A 5xx in our own envelope has rolled back, unless it says that it does not know; any other may come from
	// something in between, after the API had done its work.
	const isKnown = body?.code !== undefined && body.code !== "outcome_unknown";
	const outcome: Outcome = isWrite && status >= 500 && !isKnown ? "unknown" : "refused";
	return new ApiError(body?.error ?? `The API answered with status ${status}.`, {
		status,
		code: body?.code ?? `http_${status}`,
		outcome,
		body,
	});
}
