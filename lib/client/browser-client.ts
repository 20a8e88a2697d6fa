import { createApiClient } from "./api-client";

interface ClerkInPage {
	session?: { getToken(options?: { skipCache?: boolean }): Promise<string | null> } | null;
}

/** The clerk-js of this page, if it has loaded: `window.Clerk` is its documented place. */
function clerkInPage(): ClerkInPage | undefined {
	return (window as Window & { Clerk?: ClerkInPage }).Clerk;
}

/**
 * Has clerk-js renew the session cookie when it is about to end. A token lives for a minute and a hidden
 * tab does not renew it, so the first request after a pause would be refused.
 */
export async function renewSession(options?: { skipCache?: boolean }): Promise<void> {
	await clerkInPage()?.session?.getToken(options);
}

/** The API as the browser reaches it: same origin, through the read-only gateway, by cookie. */
export const browserApi = createApiClient({
	baseUrl: "",
	authorize: async () => ({}),
	fetch: async (input, init) => {
		const first = await fetch(input, init);
		if (first.status !== 401) return first;
		await renewSession({ skipCache: true });
		return fetch(input, init);
	},
});
