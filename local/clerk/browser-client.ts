import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { unauthenticated } from "./clerk-error";
import { clientResource } from "./client-resources";
import { newId } from "./ids";
import { isSignedIn } from "./signed-in";
import type { FrontendApiEnv, SignedInClient, StandIn } from "./stand-in";
import type { BrowserClient } from "./store";

const cookieLifetimeSeconds = 365 * 24 * 60 * 60;

/** Recognizes the browser by its cookie before any route of the Frontend API runs. */
export function recognizeBrowser({ keys, store, clock }: StandIn): MiddlewareHandler<FrontendApiEnv> {
	return async (c, next) => {
		const id = getCookie(c, clientCookieName(keys.cookieSuffix));
		c.set("client", id ? store.getClient(id, clock()) : null);
		await next();
	};
}

/** The browser that asks; an unknown one gets an id and its cookie. It is kept once it is saved. */
export function clientOrNew(c: Context<FrontendApiEnv>, { keys, clock }: StandIn): BrowserClient {
	const known = c.get("client");
	if (known) return known;
	const nowMs = clock().getTime();
	const client = { id: newId("client"), createdAtMs: nowMs, updatedAtMs: nowMs, session: null, signIn: null };
	setCookie(c, clientCookieName(keys.cookieSuffix), client.id, {
		path: "/",
		httpOnly: true,
		sameSite: "Lax",
		maxAge: cookieLifetimeSeconds,
	});
	return client;
}

/** The browser that asks, when someone is signed in there; refuses otherwise. */
export function requireSignedIn(c: Context<FrontendApiEnv>): SignedInClient {
	const client = c.get("client");
	if (!isSignedIn(client)) throw unauthenticated();
	return client;
}

/**
 * Clerk's envelope: the answer, and with it the browser's present state, which Clerk's script takes over
 * after every write.
 */
export async function replyWithClient(
	c: Context<FrontendApiEnv>,
	standIn: StandIn,
	client: BrowserClient | null,
	response: unknown,
) {
	return c.json({ response, client: client && (await clientResource(standIn, client)) });
}

function clientCookieName(cookieSuffix: string): string {
	return `__client_${cookieSuffix}`;
}
