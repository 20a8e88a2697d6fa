import "server-only";
import { auth } from "@clerk/nextjs/server";

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
		const reply = await fetch(url, {
			headers: { ...headers, authorization: `Bearer ${token}` },
			cache: "no-store",
			redirect: "error",
			signal,
		});
		return { reply };
	} catch (cause) {
		if (!aborted.aborted) {
			const { pathname } = new URL(url);
			console.warn(
				JSON.stringify({ level: "warn", event: "gateway_unreachable", pathname, cause: String(cause) }),
			);
		}
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

function refuse(status: number, body: { error: string; code: string }): Response {
	return Response.json(body, { status, headers: { "cache-control": "private, no-store" } });
}
