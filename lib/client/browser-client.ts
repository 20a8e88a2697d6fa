import type { ApiClient } from "./api-client";
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

let loading: Promise<ApiClient> | undefined;

/** The client proper, with the schemas of every answer: what a page starts with has been read on the server. */
async function loadClient(): Promise<ApiClient> {
	const { createApiClient } = await import("./api-client");
	return createApiClient({
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
}

async function theClient(): Promise<ApiClient> {
	loading ??= loadClient();
	try {
		return await loading;
	} catch (error) {
		// A network that was away may be back at the next read.
		loading = undefined;
		throw error;
	}
}

/**
 * The API as the browser reaches it: same origin, through the read-only gateway, by cookie. Its code and the
 * schemas, a tenth of all scripts, are loaded with the first read and not with the page.
 */
export const browserApi: ApiClient = {
	listDeployments: async (...given) => (await theClient()).listDeployments(...given),
	getDeployment: async (...given) => (await theClient()).getDeployment(...given),
	getDeploymentForTag: async (...given) => (await theClient()).getDeploymentForTag(...given),
	listDecisions: async (...given) => (await theClient()).listDecisions(...given),
	decide: async (...given) => (await theClient()).decide(...given),
	listProjects: async (...given) => (await theClient()).listProjects(...given),
	listControlActions: async (...given) => (await theClient()).listControlActions(...given),
	execute: async (...given) => (await theClient()).execute(...given),
	getKillSwitch: async (...given) => (await theClient()).getKillSwitch(...given),
	setKillSwitch: async (...given) => (await theClient()).setKillSwitch(...given),
	getTrace: async (...given) => (await theClient()).getTrace(...given),
	listAuditEntries: async (...given) => (await theClient()).listAuditEntries(...given),
};
