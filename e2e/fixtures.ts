import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type PersonName, storageStateOf } from "./people";

/** Clerk says this wherever test keys are used; it is the only thing a page may say unasked. */
const expectedNoise = [/Clerk has been loaded with development keys/];

interface Fixtures {
	/** A page of somebody who has signed in, in a browser of their own. */
	pageOf: (name: PersonName) => Promise<Page>;
	/** What a test provokes on purpose and the browser then reports; matched against the message. */
	allowNoise: (pattern: RegExp) => void;
	noise: { allowed: RegExp[]; heard: string[] };
}

export const test = base.extend<Fixtures>({
	noise: [
		// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
		async ({}, use) => {
			const noise = { allowed: [...expectedNoise], heard: [] as string[] };
			await use(noise);
			const unexpected = noise.heard.filter((line) => !noise.allowed.some((pattern) => pattern.test(line)));
			expect(unexpected, "nothing unexpected in the browser's console").toEqual([]);
		},
		{ auto: true },
	],
	page: async ({ page, noise }, use) => {
		listen(page, noise.heard);
		await use(page);
	},
	allowNoise: async ({ noise }, use) => {
		await use((pattern) => noise.allowed.push(pattern));
	},
	pageOf: async ({ browser, baseURL, noise }, use) => {
		const contexts: BrowserContext[] = [];
		await use(async (name) => {
			const context = await browser.newContext({
				storageState: storageStateOf(name),
				viewport: { width: 1440, height: 900 },
				...(baseURL === undefined ? {} : { baseURL }),
			});
			contexts.push(context);
			const page = await context.newPage();
			listen(page, noise.heard);
			return actingWhenReady(page);
		});
		for (const context of contexts) await context.close();
	},
});

/** A person looks first: what is pressed before the page has come to life is lost. */
function actingWhenReady(page: Page): Page {
	for (const name of ["goto", "reload"] as const) {
		const go = page[name].bind(page) as (...given: unknown[]) => ReturnType<Page["goto"]>;
		const goAndWait = async (...given: unknown[]) => {
			const response = await go(...given);
			// There nothing waits to come to life.
			if (response?.status() === 404) return response;
			await page
				.waitForFunction(isAlive, undefined, { timeout: 10_000 })
				// A page that failed never comes to life; the test says what it wants to see of it.
				.catch(() => undefined);
			return response;
		};
		Object.assign(page, { [name]: goAndWait });
	}
	return page;
}

/**
 * Runs in the page. The bar comes to life first, and says so; what stands in a boundary of its own follows, and React
 * leaves its mark on each element then.
 */
function isAlive(): boolean {
	if (document.documentElement.dataset.ready === undefined) return false;
	const controls = document.querySelectorAll("main button, main select, main input");
	return [...controls].every((one) => Object.keys(one).some((key) => key.startsWith("__reactProps$")));
}

function listen(page: Page, heard: string[]): void {
	page.on("console", (message) => {
		if (message.type() === "error" || message.type() === "warning")
			heard.push(`${message.text()} (${message.location().url})`);
	});
	page.on("response", (response) => {
		if (response.status() !== 401) return;
		// Clerk says why it took a request for signed out; the console says only that it was refused.
		const { "x-clerk-auth-reason": reason, "x-clerk-auth-message": message } = response.headers();
		process.stdout.write(`401: ${response.url()} ${reason ?? ""} ${message ?? ""}\n`);
	});
	page.on("pageerror", (error) => heard.push(`page error: ${error.message}`));
}

export { expect };
