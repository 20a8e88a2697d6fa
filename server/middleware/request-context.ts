import type { HttpBindings } from "@hono/node-server";
import type { Caller } from "../auth/caller";

/** What the middleware leaves on a request for the routes. */
interface RequestVariables {
	requestId: string;
	caller: Caller;
	/** The reason for a failed request that only the log may know. */
	logged?: Record<string, unknown>;
}
export interface AppEnvironment {
	/** What Node knows of a request; a request that is handed over in memory has none. */
	Bindings: Partial<HttpBindings> | undefined;
	Variables: RequestVariables;
}
