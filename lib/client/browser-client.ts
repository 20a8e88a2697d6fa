import type { Replies, ReplyForm, ReplyRead } from "../contract/replies";
import { replyFormHeader } from "../contract/reply-form-header";
import { type ApiClient, createApiClient } from "./api-client";
import { clerkWhenLoaded } from "./clerk-in-page";
import { pause } from "./pause";
import { plainErrorOf } from "./plain-error";
import { sessionTokenLeftMs } from "./session-cookie";

const patienceMs = 4_000;
/** A token with less than this may be over when it arrives: a request is likely to be refused with it. */
const leastLeftMs = 15_000;
/** So Clerk is waited for longer then. */
const patienceWithoutTokenMs = 20_000;

/**
 * Has clerk-js renew the session cookie when it is about to end: a token lives for a minute, a hidden tab
 * does not renew it, and a page may have been drawn with its last seconds. While it is good for a while this
 * waits for nothing. Never fails: without Clerk the request goes out as it is, and the API has the last word.
 */
export async function renewSession(options?: { skipCache?: boolean }): Promise<void> {
	const leftMs = sessionTokenLeftMs(document.cookie, Date.now());
	if (options?.skipCache !== true && leftMs !== null && leftMs > leastLeftMs) return;
	const isEnding = leftMs !== null && leftMs <= leastLeftMs;
	const waitMs = isEnding ? patienceWithoutTokenMs : patienceMs;
	const renewal = clerkWhenLoaded(waitMs).then((clerk) => clerk?.session?.getToken(options));
	await Promise.race([renewal.catch(() => null), pause(waitMs)]);
}

/**
 * The API as the browser reaches it: same origin, through the read-only gateway, by cookie. The gateway holds each
 * answer against the form that is asked for, so that its schemas are not loaded here.
 */
export const browserApi: ApiClient = createApiClient({
	baseUrl: "",
	authorize: async (form) => {
		await renewSession();
		return { [replyFormHeader]: form };
	},
	fetch: async (input, init) => {
		const first = await fetch(input, init);
		if (first.status !== 401) return first;
		await renewSession({ skipCache: true });
		return fetch(input, init);
	},
	readReply,
});

function readReply<F extends ReplyForm>(form: F, body: unknown, headers: Headers): ReplyRead<Replies[F]> {
	const error = form === "error" ? plainErrorOf(body) : undefined;
	if (error !== undefined) return { data: error as Replies[F] };
	if (headers.get(replyFormHeader) === form) return { data: body as Replies[F] };
	return { problem: new Error(`This is no ${form} of the gateway`) };
}
