import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page, Response } from "@playwright/test";

/** So long nothing more may come. */
const quietMs = 1_500;

/**
 * Every script that a first visit loads, workers included, with its size in bytes as it was sent (after gzip where it
 * was sent uncompressed): until `isDone` and nothing more comes. A page that keeps a stream of events open is never
 * idle, so only scripts count.
 */
export async function scriptsOf(
	context: BrowserContext,
	address: string,
	{
		prepare,
		isDone,
	}: { prepare?: (page: Page) => Promise<unknown>; isDone?: (page: Page) => Promise<unknown> } = {},
): Promise<Map<string, number>> {
	const page = await context.newPage();
	const bodies: Promise<readonly [string, number] | null>[] = [];
	let lastMs = 0;
	const collect = (response: Response) => {
		const type = response.headers()["content-type"] ?? "";
		if (!/javascript/.test(type) || response.status() !== 200) return;
		const { pathname, protocol } = new URL(response.url());
		// A worker that is made of a string has come inside a script already.
		if (!protocol.startsWith("http")) return;
		lastMs = performance.now();
		bodies.push(
			response.body().then(
				async (body) => [pathname, await sentBytes(response, body)] as const,
				() => null,
			),
		);
	};
	context.on("response", collect);
	try {
		await prepare?.(page);
		await page.goto(address, { waitUntil: "load" });
		await isDone?.(page);
		lastMs = performance.now();
		while (performance.now() - lastMs < quietMs) await delay(100);
		const found = await Promise.all(bodies);
		const unread = found.filter((body) => body === null).length;
		if (unread > 0) throw new Error(`${unread} scripts of ${address} could not be read.`);
		return new Map(found.filter((body) => body !== null));
	} finally {
		context.off("response", collect);
		await page.close();
	}
}

async function sentBytes(response: Response, body: Buffer): Promise<number> {
	if (response.headers()["content-encoding"] === undefined) return gzipSync(body).length;
	return (await response.request().sizes()).responseBodySize;
}
