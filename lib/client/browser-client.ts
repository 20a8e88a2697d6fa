import type { ApiClient } from "./api-client";
import { clerkWhenLoaded } from "./clerk-in-page";
import { pause } from "./pause";
import { sessionTokenLeftMs } from "./session-cookie";

const patienceMs = 4_000;
/** A token with less than this may be over when it arrives: a request is likely to be refused with it. */
const leastLeftMs = 15_000;
/** So Clerk is waited for longer then. */
const patienceWithoutTokenMs = 20_000;

/**
 * Has clerk-js renew the session cookie when it is about to end: a token lives for a minute, a hidden tab
 * does not renew it, and a page may have been drawn with its last seconds. While it is good for a while this
 * waits for nothing. Never fails: without Clerk the request goes out as it is, and the API has the last word.
 */
export async function renewSession(options?: { skipCache?: boolean }): Promise<void> {
	const leftMs = sessionTokenLeftMs(document.cookie, Date.now());
	if (options?.skipCache !== true && leftMs !== null && leftMs > leastLeftMs) return;
	const isEnding = leftMs !== null && leftMs <= leastLeftMs;
	const waitMs = isEnding ? patienceWithoutTokenMs : patienceMs;
	const renewal = clerkWhenLoaded(waitMs).then((clerk) => clerk?.session?.getToken(options));
	await Promise.race([renewal.catch(() => null), pause(waitMs)]);
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
	listQueue: async (...given) => (await theClient()).listQueue(...given),
	listQueueRows: async (...given) => (await theClient()).listQueueRows(...given),
	countQueue: async (...given) => (await theClient()).countQueue(...given),
	getQueueTimes: async (...given) => (await theClient()).getQueueTimes(...given),
	getDeployment: async (...given) => (await theClient()).getDeployment(...given),
	getDeploymentForTag: async (...given) => (await theClient()).getDeploymentForTag(...given),
	listDecisions: async (...given) => (await theClient()).listDecisions(...given),
	listMetrics: async (...given) => (await theClient()).listMetrics(...given),
	decide: async (...given) => (await theClient()).decide(...given),
	listProjects: async (...given) => (await theClient()).listProjects(...given),
	listControlActions: async (...given) => (await theClient()).listControlActions(...given),
	getControlAction: async (...given) => (await theClient()).getControlAction(...given),
	listParkedActions: async (...given) => (await theClient()).listParkedActions(...given),
	decideParkedAction: async (...given) => (await theClient()).decideParkedAction(...given),
	getRemediationDiff: async (...given) => (await theClient()).getRemediationDiff(...given),
	execute: async (...given) => (await theClient()).execute(...given),
	getKillSwitch: async (...given) => (await theClient()).getKillSwitch(...given),
	setKillSwitch: async (...given) => (await theClient()).setKillSwitch(...given),
	listFailureClusters: async (...given) => (await theClient()).listFailureClusters(...given),
	getTrace: async (...given) => (await theClient()).getTrace(...given),
	listTraces: async (...given) => (await theClient()).listTraces(...given),
	listRemediations: async (...given) => (await theClient()).listRemediations(...given),
	listAuditEntries: async (...given) => (await theClient()).listAuditEntries(...given),
};
