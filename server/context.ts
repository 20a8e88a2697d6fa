import type { Caller } from "./auth/caller";
import type { Clock } from "./clock";
import type { Executor } from "./control/executor";
import type { Database } from "./db/connect";

/** What every verb is given: where to read and write, what time it is, who asks. */
export interface VerbContext {
	db: Database;
	clock: Clock;
	caller: Caller;
}

/** What the routes are made with, the caller aside. */
export interface Services {
	db: Database;
	clock: Clock;
	executor: Executor;
}
