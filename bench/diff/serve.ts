import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { PageFiles } from "./bundle";
import { type PairName, pairNames, pairOf } from "./pairs";

const types: Record<string, string> = {
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".ttf": "font/ttf",
	".json": "application/json; charset=utf-8",
	".html": "text/html; charset=utf-8",
};

export interface PageServer {
	addressOf: (page: string, pair: PairName) => string;
	stop: () => Promise<void>;
}

/**
 * Serves the pages of the alternatives as fast as a server can: every file from memory. The page names its
 * script and its texts up front, so that both come at the same time; code may be kept by the browser, the
 * page and the texts come anew each time, as a record does.
 */
export async function servePages(folder: string, pages: ReadonlyMap<string, PageFiles>): Promise<PageServer> {
	const texts = new Map(
		pairNames.map((name) => {
			const { current, proposed } = pairOf(name);
			return [name as string, JSON.stringify({ current, proposed })];
		}),
	);
	const kept = new Map<string, Buffer>();
	const fileAt = async (path: string) => {
		const content = kept.get(path) ?? (await readFile(join(folder, path)));
		kept.set(path, content);
		return content;
	};

	const answer = async (url: URL, response: ServerResponse) => {
		const [, page] = /^\/draw\/([a-z-]+)$/.exec(url.pathname) ?? [];
		const files = page === undefined ? undefined : pages.get(page);
		if (files !== undefined) return send(response, ".html", documentOf(files, url));
		const [, pair] = /^\/pairs\/([a-z])\.json$/.exec(url.pathname) ?? [];
		const text = pair === undefined ? undefined : texts.get(pair);
		if (text !== undefined) return send(response, ".json", text);
		if (/^\/(pages|workers)\/[\w./-]+$/.test(url.pathname) && !url.pathname.includes("..")) {
			const cacheControl = "public, max-age=31536000, immutable";
			return send(response, extname(url.pathname), await fileAt(url.pathname), cacheControl);
		}
		response.writeHead(404).end();
	};
	const server = createServer((request, response) => {
		answer(new URL(request.url ?? "/", "http://localhost"), response).catch((error: unknown) => {
			response.writeHead(500).end(String(error));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		addressOf: (page, pair) => `http://localhost:${port}/draw/${page}?pair=${pair}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function send(
	response: ServerResponse,
	type: string,
	body: string | Buffer,
	cacheControl = "no-store",
): void {
	response.writeHead(200, {
		"Content-Type": types[type] ?? "application/octet-stream",
		"Content-Length": Buffer.byteLength(body),
		"Cache-Control": cacheControl,
	});
	response.end(body);
}

function documentOf({ script, imports, styles }: PageFiles, url: URL): string {
	const pair = url.searchParams.get("pair")?.replace(/[^a-z]/g, "") ?? "";
	return [
		'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">',
		`<link rel="preload" as="fetch" crossorigin="anonymous" href="/pairs/${pair}.json">`,
		...imports.map((path) => `<link rel="modulepreload" href="${path}">`),
		...styles.map((path) => `<link rel="stylesheet" href="${path}">`),
		"<style>body{margin:0}</style>",
		`<script type="module" src="${script}"></script></head><body></body></html>`,
	].join("\n");
}
