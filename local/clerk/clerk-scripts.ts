import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { notFound } from "./clerk-error";

const contentTypes: Record<string, string> = {
	".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
};
const packageNames = ["clerk-js", "ui"];
const fileNamePattern = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;
const hashedNamePattern = /_[0-9a-f]{6}_\d+\.\d+\.\d+\.js$/;
const require = createRequire(import.meta.url);

/**
 * Clerk's browser scripts, out of node_modules, compressed as a content network would. The version in the address
 * is ignored: it names what the SDK would like, and we have one.
 */
export function clerkScriptRoutes() {
	const routes = new Hono();
	routes.use("/npm/*", etag());
	routes.get("/npm/@clerk/:package/dist/:file", async (c) => {
		const packageName = c.req.param("package").split("@")[0] ?? "";
		const fileName = c.req.param("file");
		const contentType = contentTypes[path.extname(fileName)];
		if (!packageNames.includes(packageName) || !fileNamePattern.test(fileName) || !contentType) {
			throw notFound("script");
		}
		const takesBrotli = /\bbr\b/.test(c.req.header("accept-encoding") ?? "");
		const script = await (takesBrotli ? readCompressed : readScript)(packageName, fileName);
		const cacheControl = hashedNamePattern.test(fileName)
			? "public, max-age=31536000, immutable"
			: "no-cache";
		return c.body(script, 200, {
			"content-type": contentType,
			"cache-control": cacheControl,
			vary: "accept-encoding",
			...(takesBrotli ? { "content-encoding": "br" } : {}),
		});
	});
	return routes;
}

const compress = promisify(brotliCompress);
const compressed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** The script that every page loads takes a second to be made as small as can be; made at the start, nobody waits. */
const everyPages = ["clerk-js", "clerk.browser.js"] as const;
export async function prepareClerkScript(): Promise<void> {
	await readCompressed(...everyPages);
}

function readCompressed(packageName: string, fileName: string): Promise<Uint8Array<ArrayBuffer>> {
	const name = `${packageName}/${fileName}`;
	const made =
		compressed.get(name) ??
		readScript(packageName, fileName).then(async (script) => {
			const isWorthIt = name === everyPages.join("/");
			const quality = isWorthIt ? constants.BROTLI_MAX_QUALITY : 5;
			return new Uint8Array(
				await compress(script, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
			);
		});
	compressed.set(name, made);
	// What is not there today may be asked for with every name there is.
	made.catch(() => compressed.delete(name));
	return made;
}

async function readScript(packageName: string, fileName: string): Promise<Uint8Array<ArrayBuffer>> {
	try {
		const distFolder = path.dirname(require.resolve(`@clerk/${packageName}`));
		return new Uint8Array(await readFile(path.join(distFolder, fileName)));
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") throw notFound("script");
		throw cause;
	}
}
