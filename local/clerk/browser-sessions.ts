import { type Context, Hono } from "hono";
import { replyWithClient, requireSignedIn } from "./browser-client";
import { notFound, unauthenticated } from "./clerk-error";
import { clientResource, sessionResource } from "./client-resources";
import { readForm } from "./form";
import { isSignedIn, personOf, tokenOf } from "./signed-in";
import type { FrontendApiEnv, SignedInClient, StandIn } from "./stand-in";
import type { BrowserClient } from "./store";

/** The browser's own state, its session, that session's tokens, and signing out. */
export function browserSessionRoutes(standIn: StandIn) {
	const routes = new Hono<FrontendApiEnv>();

	routes.on(["GET", "PUT"], "/v1/client", async (c) => {
		const client = c.get("client");
		return c.json({ response: client && (await clientResource(standIn, client)), client: null });
	});

	routes.get("/v1/client/sessions/:id", async (c) => {
		const client = requireSession(c);
		return replyWithClient(c, standIn, client, await sessionResource(standIn, client));
	});

	routes.post("/v1/client/sessions/:id/touch", async (c) => {
		const client = requireSession(c);
		const { active_organization_id: organizationId } = await readForm(c);
		// People have one organization each and it is always active, so there is nothing to switch.
		const isTheirs = !organizationId || organizationId === personOf(standIn, client).organizationId;
		if (!isTheirs) throw notFound("organization");
		return replyWithClient(c, standIn, client, await sessionResource(standIn, client));
	});

	routes.post("/v1/client/sessions/:id/tokens", async (c) => {
		return c.json({ object: "token", jwt: await tokenOf(standIn, requireSession(c)) });
	});

	routes.on(["DELETE"], ["/v1/client", "/v1/client/sessions"], async (c) => {
		const signedOut = signOut(c.get("client"));
		return replyWithClient(c, standIn, signedOut, signedOut && (await clientResource(standIn, signedOut)));
	});

	for (const [verb, status] of [
		["end", "ended"],
		["remove", "removed"],
	] as const) {
		routes.post(`/v1/client/sessions/:id/${verb}`, async (c) => {
			const client = requireSession(c);
			const session = { ...(await sessionResource(standIn, client)), status, last_active_token: null };
			return replyWithClient(c, standIn, signOut(client), session);
		});
	}

	routes.get("/v1/me/sessions/active", async (c) => {
		const client = requireSignedIn(c);
		const activity = { object: "session_activity", id: client.session.id.replace("sess_", "act_") };
		const session = await sessionResource(standIn, client);
		return replyWithClient(c, standIn, null, [{ ...session, latest_activity: activity }]);
	});

	function signOut(client: BrowserClient | null): BrowserClient | null {
		if (!client) return null;
		const signedOut = { ...client, updatedAtMs: standIn.clock().getTime(), session: null, signIn: null };
		standIn.store.saveClient(signedOut);
		return signedOut;
	}

	return routes;
}

// A session that is not this browser's gets the same answer as none: Clerk's script then looks again.
function requireSession(c: Context<FrontendApiEnv>): SignedInClient {
	const client = c.get("client");
	if (!isSignedIn(client) || client.session.id !== c.req.param("id")) throw unauthenticated();
	return client;
}
