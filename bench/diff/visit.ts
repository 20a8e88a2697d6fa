import type { BrowserContext, Page } from "@playwright/test";
import type { ChangedContent, Painted } from "./clock";

/** What to look for, and the script that looks. */
export interface Drawing {
	clock: string;
	content: ChangedContent;
}

/** What one visit of a page took. */
export interface Visit extends Painted {
	/** The longest task of the main thread, ms; 0 when none was over 50. */
	longestMs: number;
}

/** A viewer that has drawn nothing by then is said to have drawn nothing. */
const drawLimitMs = 90_000;
const quietMs = 1_000;

/** Visits a page in a tab of its own; null when no changed line was painted within `drawLimitMs`. */
export async function visit(
	context: BrowserContext,
	address: string,
	drawing: Drawing,
): Promise<Visit | null> {
	const page = await context.newPage();
	const faults: string[] = [];
	page.on("pageerror", (error) => faults.push(error.message));
	try {
		await startClock(page, drawing);
		await page.goto(address, { waitUntil: "commit" });
		const painted = await beforeLimit(page.evaluate(() => window.benchPainted));
		if (painted === undefined) {
			if (faults.length > 0) throw new Error(`${address}: ${faults.join("; ")}`);
			return null;
		}
		const longestMs = await beforeLimit(page.evaluate((ms) => window.benchLongest?.(ms), quietMs));
		if (faults.length > 0) throw new Error(`${address}: ${faults.join("; ")}`);
		return { ...painted, longestMs: longestMs ?? drawLimitMs };
	} finally {
		await page.close();
	}
}

/** Has the page carry the clock that looks for a changed line. */
export function startClock(page: Page, { clock, content }: Drawing) {
	return page.addInitScript({ content: `window.benchContent = ${JSON.stringify(content)};\n${clock}` });
}

/** What was asked, or undefined when `drawLimitMs` has passed first. */
export async function beforeLimit<T>(asked: Promise<T>): Promise<T | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<undefined>((resolve) => {
		timer = setTimeout(resolve, drawLimitMs, undefined);
	});
	// When the limit wins, closing the page ends the question with an error that nobody waits for.
	asked.catch(() => undefined);
	try {
		return await Promise.race([asked, limit]);
	} finally {
		clearTimeout(timer);
	}
}
