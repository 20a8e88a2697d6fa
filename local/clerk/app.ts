import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { createBackendApi } from "./backend-api";
import { ClerkError, handleClerkError, handleNotFound } from "./clerk-error";
import { clerkScriptRoutes } from "./clerk-scripts";
import { createFrontendApi } from "./frontend-api";
import type { ClerkKeys } from "./keys";
import { publicKeySet } from "./public-keys";
import type { ClerkStore } from "./store";

interface ClerkStandInOptions {
	keys: ClerkKeys;
	store: ClerkStore;
	origin: string;
	clock?: () => Date;
}

/**
 * A stand-in for Clerk on this computer. Clerk's two APIs share one address here; the way the secret key
 * is carried tells them apart, and without it nothing answers but health, the public keys and Clerk's scripts.
 */
export function createClerkStandIn({ clock = () => new Date(), ...options }: ClerkStandInOptions): Hono {
	const standIn = { ...options, clock };
	const frontendApi = createFrontendApi(standIn);
	const backendApi = createBackendApi(standIn);
	const { keys } = standIn;

	const app = new Hono();
	app.onError(handleClerkError);
	app.notFound(handleNotFound);
	app.get("/health", (c) => c.json({ status: "ok", service: "clerk-stand-in" }));
	app.get("/.well-known/jwks.json", (c) => c.json(publicKeySet(keys)));
	app.route("/", clerkScriptRoutes());
	app.all("*", (c) => {
		const bearer = c.req.header("authorization")?.replace(/^Bearer /, "");
		if (isSame(bearer, keys.secretKey)) return backendApi.fetch(c.req.raw);
		if (isSame(c.req.header("clerk-secret-key"), keys.secretKey)) return frontendApi.fetch(c.req.raw);
		throw new ClerkError(401, "secret_key_invalid", "This needs the secret key of the local sign-in.");
	});
	return app;
}

function isSame(given: string | undefined, expected: string): boolean {
	if (given === undefined) return false;
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
