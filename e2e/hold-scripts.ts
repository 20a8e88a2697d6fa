import { expect, type Page } from "@playwright/test";

const scripts = "**/_next/static/chunks/**";

/** Has the page's scripts wait from now on; returns what lets them go. */
export async function holdScripts(page: Page): Promise<() => void> {
	let letGo: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (letGo = resolve));
	await page.route(scripts, async (route) => {
		if (route.request().url().endsWith("?probe")) return route.fulfill({ status: 204 });
		await held;
		await route.continue();
	});
	await untilProbed(page, 204);
	return letGo;
}

/** Has no script reach the page from now on; returns what mends that. */
export async function cutScripts(page: Page): Promise<() => Promise<void>> {
	await page.route(scripts, (route) => route.abort());
	await untilProbed(page, null);
	return () => page.unroute(scripts);
}

/** The browser says that it steps in a moment before it does for what a page is loading. */
async function untilProbed(page: Page, status: number | null): Promise<void> {
	const probe = () =>
		page.evaluate(async () => {
			const known = document.querySelector<HTMLScriptElement>("script[src*='/_next/static/chunks/']");
			return fetch(`${known?.src}?probe`).then(
				(response) => response.status,
				() => null,
			);
		});
	await expect.poll(probe).toBe(status);
}
