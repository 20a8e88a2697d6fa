import { gzipSync } from "node:zlib";
import type { BrowserContext, Page, Response } from "@playwright/test";
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

function startClock(page: Page, { clock, content }: Drawing) {
	return page.addInitScript({ content: `window.benchContent = ${JSON.stringify(content)};\n${clock}` });
}

async function beforeLimit<T>(asked: Promise<T>): Promise<T | undefined> {
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

const lateScriptsMs = 1_500;

/**
 * Every script that a first visit loads, workers included, with its size in bytes after gzip: until nothing
 * more comes and, where `drawing` is given, a change has been painted and a moment has passed.
 */
export async function scriptsOf(
	context: BrowserContext,
	address: string,
	drawing: Drawing | null,
): Promise<Map<string, number>> {
	const page = await context.newPage();
	const bodies: Promise<readonly [string, number] | null>[] = [];
	const collect = (response: Response) => {
		const type = response.headers()["content-type"] ?? "";
		if (!/javascript/.test(type) || response.status() !== 200) return;
		const { pathname, protocol } = new URL(response.url());
		// A worker that is made of a string has come inside a script already.
		if (!protocol.startsWith("http")) return;
		bodies.push(
			response.body().then(
				(body) => [pathname, gzipSync(body).length] as const,
				() => null,
			),
		);
	};
	context.on("response", collect);
	try {
		if (drawing !== null) await startClock(page, drawing);
		await page.goto(address, { waitUntil: "networkidle" });
		await beforeLimit(page.evaluate(() => window.benchPainted));
		await page.waitForTimeout(lateScriptsMs);
		const found = await Promise.all(bodies);
		const unread = found.filter((body) => body === null).length;
		if (unread > 0) throw new Error(`${unread} scripts of ${address} could not be read.`);
		return new Map(found.filter((body) => body !== null));
	} finally {
		context.off("response", collect);
		await page.close();
	}
}
