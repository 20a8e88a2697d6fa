import { type Context, Hono } from "hono";
import { setCookie } from "hono/cookie";
import { ClerkError } from "./clerk-error";
import { newId } from "./ids";
import { isSignedIn, tokenOf } from "./signed-in";
import type { FrontendApiEnv, StandIn } from "./stand-in";

const cookieLifetimeSeconds = 365 * 24 * 60 * 60;

/**
 * Where the server sends a browser whose cookies do not say clearly who is signed in: sets them and
 * sends it back. We share the app's origin, so we can set its cookies without Clerk's extra hop.
 */
export function handshakeRoutes(standIn: StandIn) {
	const routes = new Hono<FrontendApiEnv>();

	routes.get("/v1/client/handshake", async (c) => {
		const target = returnAddress(c.req.query("redirect_url"), standIn.origin);
		const client = c.get("client");
		if (isSignedIn(client)) {
			// The token must not be older than this time, or the server would start another handshake.
			setBothCookies(c, "__client_uat", String(Math.floor(client.updatedAtMs / 1000)));
			setBothCookies(c, "__session", await tokenOf(standIn, client));
		} else {
			setBothCookies(c, "__client_uat", "0");
			setBothCookies(c, "__session", "", 0);
		}
		setBothCookies(c, "__clerk_db_jwt", newId("dvb"));
		c.header("cache-control", "no-store");
		return c.redirect(target, 307);
	});

	routes.post("/v1/dev_browser", (c) => {
		const id = newId("dvb");
		return c.json({ id, token: id });
	});

	// Not HttpOnly: Clerk's script rewrites these very cookies.
	function setBothCookies(c: Context, name: string, value: string, maxAge = cookieLifetimeSeconds) {
		for (const fullName of [name, `${name}_${standIn.keys.cookieSuffix}`]) {
			setCookie(c, fullName, value, { path: "/", sameSite: "Lax", maxAge });
		}
	}

	return routes;
}

function returnAddress(address: string | undefined, origin: string): string {
	if (address && URL.canParse(address) && new URL(address).origin === origin) return address;
	throw new ClerkError(
		400,
		"invalid_redirect_url",
		`Open the dashboard at ${origin}; the local sign-in only sends browsers back there.`,
		"redirect_url",
	);
}
