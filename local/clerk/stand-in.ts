import type { ClerkKeys } from "./keys";
import type { BrowserClient, BrowserSession, ClerkStore } from "./store";

/** What every route of the stand-in works with. `origin` is the dashboard's, such as http://localhost:3000. */
export interface StandIn {
	keys: ClerkKeys;
	store: ClerkStore;
	origin: string;
	clock: () => Date;
}

/** The Hono environment of the Frontend API: who is asking, known from the cookie before a route runs. */
export interface FrontendApiEnv {
	Variables: { client: BrowserClient | null };
}

/** A browser that is signed in. */
export type SignedInClient = BrowserClient & { session: BrowserSession };
