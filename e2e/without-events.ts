import type { Page } from "@playwright/test";

/**
 * Has the page go without the server's events, as before a server that has none: it polls every 5 s. For tests
 * that put their own answers in the place of the API's, which no event would announce.
 */
export async function withoutEvents(page: Page): Promise<void> {
	// What is no stream is not asked for again, and says nothing in the console.
	await page.route("**/v1/events*", (route) => route.fulfill({ json: {} }));
}
