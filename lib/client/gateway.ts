import "server-only";
import { auth } from "@clerk/nextjs/server";
import { isReplyForm, type Replies, type ReplyForm, readReply } from "../contract/replies";
import { replyFormHeader } from "../contract/reply-form-header";
import { lightenRow } from "../rules/queue/lighten-row";
import { fetchApi } from "./fetch-api";
import { parseJson } from "./parse-json";

const passedOn = ["content-type", "retry-after", "x-request-id", "etag", "www-authenticate"];

/** What the gateway asks of the API. `signal` ends it. */
interface GatewayRequest {
	/** Gives the address at the API, once it is known that somebody is signed in. */
	address: () => Promise<string>;
	headers: Record<string, string>;
	/** Nobody waits for the answer any more. */
	aborted: AbortSignal;
	/** Ends it, for whatever reason. */
	signal: AbortSignal;
}

/** Asks the API with the Clerk session of this request; what comes back is its answer or a refusal of our own. */
export async function askThroughGateway({
	address,
	headers,
	aborted,
	signal,
}: GatewayRequest): Promise<{ reply: Response } | { refusal: Response }> {
	const { userId, getToken } = await auth();
	const token = userId ? await getToken() : null;
	if (token === null) {
		const body = { error: "Your session has ended. Sign in again.", code: "unauthenticated" };
		return { refusal: refuse(401, body) };
	}
	const url = await address();
	try {
		const reply = await fetchApi(url, {
			headers: { ...headers, authorization: `Bearer ${token}` },
			cache: "no-store",
			redirect: "error",
			signal,
		});
		return { reply };
	} catch (cause) {
		if (!aborted.aborted) report("gateway_unreachable", url, cause);
		return { refusal: refuse(502, { error: "The API cannot be reached.", code: "unreachable" }) };
	}
}

/** The headers of an answer that a browser may see, and how it may be kept. */
export function passedHeaders(reply: Response, cacheControl: string): Headers {
	const headers = new Headers({ "cache-control": cacheControl });
	for (const name of passedOn) {
		const value = reply.headers.get(name);
		if (value !== null) headers.set(name, value);
	}
	return headers;
}

/** The answer as the browser gets it: as it came, or, where a form was asked for, in that form or a refusal. */
export async function passOn(reply: Response, form: string | null): Promise<Response> {
	const headers = passedHeaders(reply, "private, no-store");
	if (form === null || !reply.ok || !isReplyForm(form)) {
		return new Response(reply.body, { status: reply.status, headers });
	}
	let text: string;
	try {
		text = await reply.text();
	} catch (cause) {
		report("gateway_cut_off", reply.url, cause);
		return refuse(502, { error: "The API cannot be reached.", code: "unreachable" });
	}
	const read = readReply(form, parseJson(text));
	if ("problem" in read) {
		report("gateway_unreadable", reply.url, read.problem);
		const error = "The API answered in a form that Countersign does not know.";
		return refuse(502, { error, code: "unreadable_reply" });
	}
	headers.set(replyFormHeader, form);
	return Response.json(lighten(form, read.data), { status: reply.status, headers });
}

/** Without what a browser would only have to load rules to read. */
function lighten<F extends ReplyForm>(form: F, data: Replies[F]): unknown {
	if (form !== "queuePage" && form !== "queueRows") return data;
	const list = data as Replies["queuePage" | "queueRows"];
	return { ...list, items: list.items.map(lightenRow) };
}

function report(event: string, url: string, cause: unknown): void {
	const { pathname } = new URL(url);
	console.warn(JSON.stringify({ level: "warn", event, pathname, cause: String(cause) }));
}

function refuse(status: number, body: { error: string; code: string }): Response {
	return Response.json(body, { status, headers: { "cache-control": "private, no-store" } });
}
