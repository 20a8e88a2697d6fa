/** What one server process gives to live events. A test hands in smaller ones. */
export interface LiveLimits {
	/** Streams at a time, in all and of one tenant. */
	streams: number;
	streamsOfTenant: number;
	/** Who is further behind than this many changes is told to read everything anew. */
	changes: number;
	/** What may wait for one reader before it is hung up on. */
	unreadBytes: number;
	/** How often something is sent where nothing happens, so that nobody in between takes it for dead. */
	heartbeatMs: number;
	/** How long a stream goes on: the session was verified when it began, and may have ended since. */
	lifetimeMs: number;
	/** How long somebody whose stream has ended by itself still counts as there: the next one is on its way. */
	lingerMs: number;
	/** How often a process tells the others who is there, and how long they believe it. */
	presenceBeatMs: number;
	presenceKeepMs: number;
	/** How often it is looked whether a change was told of by no message. */
	lookMs: number;
}

export const liveLimits: LiveLimits = {
	streams: 2_000,
	streamsOfTenant: 200,
	changes: 500,
	unreadBytes: 256 * 1024,
	heartbeatMs: 15_000,
	lifetimeMs: 120_000,
	lingerMs: 5_000,
	presenceBeatMs: 10_000,
	presenceKeepMs: 30_000,
	lookMs: 5_000,
};
