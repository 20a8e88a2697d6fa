import type { Caller } from "../auth/caller";

/** What the middleware leaves on a request for the routes. */
interface RequestVariables {
	requestId: string;
	caller: Caller;
	/** The reason for a failed request that only the log may know. */
	logged?: Record<string, unknown>;
}
export interface AppEnvironment {
	Variables: RequestVariables;
}
