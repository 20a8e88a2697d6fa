import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { addressIn, isPublicAddress, PrivateAddressError, publicLookup } from "./public-address";

export interface Post {
	url: string;
	headers: Record<string, string>;
	body: string;
	/** Ends the request wherever it is. */
	signal: AbortSignal;
	/** Where the reply is longer, the rest is not read. */
	maxReplyBytes: number;
	/** Whether it may go to an address that is not on the public internet. */
	allowPrivate: boolean;
}

export interface Reply {
	status: number;
	/** Null when it was longer than `maxReplyBytes`. */
	text: string | null;
}

/** There was no whole reply. */
export class PostFault extends Error {
	override name = "PostFault";
	constructor(
		readonly kind: "timed_out" | "private_address" | "broken",
		/** False when the connection never stood, so that not a byte of the request can have left. */
		readonly wasSent: boolean,
		/** Such as ECONNREFUSED. */
		readonly code: string,
		cause?: unknown,
	) {
		super(`${kind} (${code})`, { cause });
	}
}

const lookup = publicLookup();

/**
 * Sends one POST on a connection of its own and reads the reply, of any status. A redirect is a reply like
 * another and is not followed; a compressed one is not asked for, so that what is read is as long as what was
 * sent. Throws a PostFault.
 */
export async function postOnce(post: Post, lookUp: LookupFunction = lookup): Promise<Reply> {
	const url = new URL(post.url);
	const address = addressIn(url);
	if (!post.allowPrivate && address !== null && !isPublicAddress(address)) {
		throw new PostFault("private_address", false, "private");
	}
	const isSecure = url.protocol === "https:";
	let wasSent = false;
	try {
		const response = await new Promise<IncomingMessage>((resolve, reject) => {
			const outgoing = (isSecure ? httpsRequest : httpRequest)(url, {
				method: "POST",
				headers: {
					...post.headers,
					"accept-encoding": "identity",
					"content-length": String(Buffer.byteLength(post.body)),
				},
				agent: false,
				signal: post.signal,
				...(post.allowPrivate ? {} : { lookup: lookUp }),
			});
			outgoing.once("socket", (socket) => {
				socket.once(isSecure ? "secureConnect" : "connect", () => {
					wasSent = true;
				});
			});
			outgoing.once("response", resolve);
			outgoing.on("error", reject);
			outgoing.end(post.body);
		});
		return { status: response.statusCode ?? 0, text: await readAtMost(response, post.maxReplyBytes) };
	} catch (error) {
		if (error instanceof PrivateAddressError) throw new PostFault("private_address", false, "private", error);
		if (post.signal.aborted) throw new PostFault("timed_out", wasSent, "timeout", error);
		const code = error instanceof Error && "code" in error ? String(error.code) : "no reason";
		throw new PostFault("broken", wasSent, code, error);
	}
}

async function readAtMost(response: IncomingMessage, maxBytes: number): Promise<string | null> {
	const chunks: Buffer[] = [];
	let length = 0;
	// To leave the loop early destroys the response and with it the connection.
	for await (const chunk of response) {
		length += chunk.length;
		if (length > maxBytes) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
