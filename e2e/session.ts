import type { Page } from "@playwright/test";

interface WithClerk {
	Clerk?: { loaded?: boolean; session?: { getToken(options: { skipCache: boolean }): Promise<unknown> } };
}

/**
 * Has Clerk renew the session of an open page. Its token lives for a minute and Clerk comes after the page, so
 * a request that a test makes by itself, without the page's own renewal, may be one too late.
 */
export async function renewSession(page: Page): Promise<void> {
	await page.waitForFunction(() => (window as WithClerk).Clerk?.loaded === true);
	await page.evaluate(() => (window as WithClerk).Clerk?.session?.getToken({ skipCache: true }));
}
