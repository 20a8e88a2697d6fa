import { createApiClient } from "./api-client";
import { clerkWhenLoaded, pause } from "./clerk-in-page";

const patienceMs = 4_000;

/**
 * Has clerk-js renew the session cookie when it is about to end: a token lives for a minute, a hidden tab
 * does not renew it, and a page may have been drawn with its last seconds. Never fails and never waits
 * long: without Clerk the request goes out as it is, and the API has the last word.
 */
export async function renewSession(options?: { skipCache?: boolean }): Promise<void> {
	const renewal = clerkWhenLoaded(patienceMs).then((clerk) => clerk?.session?.getToken(options));
	await Promise.race([renewal.catch(() => null), pause(patienceMs)]);
}

/** The API as the browser reaches it: same origin, through the read-only gateway, by cookie. */
export const browserApi = createApiClient({
	baseUrl: "",
	authorize: async () => {
		await renewSession();
		return {};
	},
	fetch: async (input, init) => {
		const first = await fetch(input, init);
		if (first.status !== 401) return first;
		await renewSession({ skipCache: true });
		return fetch(input, init);
	},
});
