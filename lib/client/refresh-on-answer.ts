import type { QueryClient } from "@tanstack/react-query";

const firstPauseMs = 4_000;
const longestPauseMs = 60_000;

/**
 * Calls `refresh` whenever a read of this page is answered, with pauses that grow: the server may not find back to
 * the API as soon as the browser does, or never. Returns what ends it.
 */
export function refreshOnAnswer(queryClient: QueryClient, refresh: () => void): () => void {
	let pauseMs = firstPauseMs;
	let notBefore = 0;
	return queryClient.getQueryCache().subscribe((event) => {
		if (event.type !== "updated" || event.action.type !== "success" || event.action.manual) return;
		const now = Date.now();
		if (now < notBefore) return;
		notBefore = now + pauseMs;
		pauseMs = Math.min(2 * pauseMs, longestPauseMs);
		refresh();
	});
}
