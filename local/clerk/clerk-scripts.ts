import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
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
 * Clerk's browser scripts, out of node_modules. The version in the address is ignored: it names what the
 * SDK would like, and we have one.
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
		const content = await readScript(packageName, fileName);
		const cacheControl = hashedNamePattern.test(fileName)
			? "public, max-age=31536000, immutable"
			: "no-cache";
		return c.body(content, 200, { "content-type": contentType, "cache-control": cacheControl });
	});
	return routes;
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
