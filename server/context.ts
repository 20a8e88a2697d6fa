import type { Role } from "@/lib/contract/role";
import type { Caller } from "./auth/caller";
import type { Clock } from "./clock";
import type { Executor } from "./control/executor";
import type { Cursors } from "./cursor";
import type { Database } from "./db/database";
import type { EntityTags } from "./entity-tag";
import type { LiveEvents } from "./events/live-events";
import type { OnceKey } from "./once-key";

/** What the server is made of: the same for every request. */
export interface Services {
	db: Database;
	clock: Clock;
	cursors: Cursors;
	executor: Executor;
	events: LiveEvents;
	/** The role that a signed-in person has at this moment, not when the token was made. */
	currentRole: (caller: Caller) => Promise<Role | null>;
}

/** What every verb is given: the services, who asks, and under which conditions. */
export interface VerbContext extends Services {
	caller: Caller;
	/** The `Idempotency-Key`, or null when none was sent. */
	once: OnceKey | null;
	/** The `If-Match`, or null when none was sent. */
	ifMatch: EntityTags | null;
	/** Called when the answer is that of an earlier request with the same `Idempotency-Key`. */
	markRepeated(): void;
}
