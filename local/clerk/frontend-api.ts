import { Hono } from "hono";
import { methodOverride } from "hono/method-override";
import { accountRoutes } from "./account";
import { recognizeBrowser } from "./browser-client";
import { browserSessionRoutes } from "./browser-sessions";
import { ClerkError, handleClerkError, handleNotFound } from "./clerk-error";
import { handshakeRoutes } from "./handshake";
import { instanceSettings } from "./instance-settings";
import { signInRoutes } from "./sign-in";
import type { FrontendApiEnv, StandIn } from "./stand-in";

/** Clerk's Frontend API: what Clerk's script calls, through the dashboard's `/__clerk`. */
export function createFrontendApi(standIn: StandIn) {
	const api = new Hono<FrontendApiEnv>();
	api.onError(handleClerkError);
	api.notFound(handleNotFound);
	// Clerk's script sends only GET and POST, and names the verb that it means in the address.
	api.use(methodOverride({ app: api, query: "_method" }));
	api.use(async (c, next) => {
		// A page on another port is the same site to the browser, so its cookies come along.
		const origin = c.req.header("origin");
		if (c.req.method !== "GET" && origin && origin !== standIn.origin) {
			throw new ClerkError(400, "origin_invalid", `Open the dashboard at ${standIn.origin}.`);
		}
		await next();
	});
	api.use(recognizeBrowser(standIn));
	api.on(["GET", "PATCH"], "/v1/environment", (c) => c.json(instanceSettings));
	api.route("/", handshakeRoutes(standIn));
	api.route("/", signInRoutes(standIn));
	api.route("/", browserSessionRoutes(standIn));
	api.route("/", accountRoutes(standIn));
	return api;
}
