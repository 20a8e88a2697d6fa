import { LRUCache } from "lru-cache";

/** What the screens call people and the organization, instead of Clerk's ids. */
export interface Directory {
	organizationName: string;
	/** Name by Clerk user id; somebody who has left is not in it and is shown by id. */
	people: Record<string, string>;
}

type ReadDirectory = (organizationId: string, fallbackName: string) => Promise<Directory>;

const keepMs = 60_000;

/**
 * Has `read` asked once a minute for each organization. No page waits for names that were known before: they are asked
 * for anew behind it, for the next one. Null where they were never known and cannot be read; `onFailure` is told why.
 */
export function keepDirectory(read: ReadDirectory, onFailure: (cause: unknown) => void) {
	const kept = new LRUCache<string, Directory, string>({
		max: 500,
		ttl: keepMs,
		// By the clock on the wall: the other one stands still while a computer sleeps.
		perf: { now: () => Date.now() },
		allowStale: true,
		allowStaleOnFetchRejection: true,
		noDeleteOnFetchRejection: true,
		fetchMethod: async (organizationId, _known, { context: fallbackName }) => {
			try {
				return await read(organizationId, fallbackName);
			} catch (cause) {
				onFailure(cause);
				throw cause;
			}
		},
	});
	return async (organizationId: string, fallbackName: string): Promise<Directory | null> =>
		(await kept.fetch(organizationId, { context: fallbackName }).catch(() => undefined)) ?? null;
}
