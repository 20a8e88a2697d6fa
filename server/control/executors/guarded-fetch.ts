import { type Post, postOnce } from "./post-once";

/** The reply is longer than we read. */
export class TooLongError extends Error {
	override name = "TooLongError";
}

/**
 * A `fetch` for the AI SDK with the bounds of `postOnce`: POSTs of text and nothing else, to an address that
 * is allowed, with a reply of bounded length, no redirect. Throws a PostFault or a TooLongError.
 */
export function guardedFetch(bounds: Pick<Post, "maxReplyBytes" | "allowPrivate">): typeof fetch {
	return async (input, init) => {
		if (typeof init?.body !== "string" || !init.signal) throw new Error("Only a POST of text can be sent");
		const { status, text } = await postOnce({
			...bounds,
			url: input instanceof Request ? input.url : String(input),
			headers: Object.fromEntries(new Headers(init.headers)),
			body: init.body,
			signal: init.signal,
		});
		if (text === null) throw new TooLongError(`longer than ${bounds.maxReplyBytes} bytes`);
		// A status that allows no body allows no empty one either.
		return new Response(text === "" ? null : text, {
			status,
			headers: { "content-type": "application/json" },
		});
	};
}
