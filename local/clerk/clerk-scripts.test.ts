import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { openBrowser, openStandIn } from "./test-browser";

test.each(["clerk-js@6/dist/clerk.browser.js", "ui@1.99.0/dist/ui.browser.js"])(
	"%s is served whatever its version, and can be asked for again cheaply",
	async (script) => {
		const { app, keys } = await openStandIn();
		const headers = { "clerk-secret-key": keys.secretKey };
		const response = await app.request(`/npm/@clerk/${script}`, { headers });
		expect(response.status).toBe(200);
		expect(response.headers.get("content-type")).toContain("text/javascript");
		expect(response.headers.get("content-encoding")).toBe(null);
		const small = await app.request(`/npm/@clerk/${script}`, {
			headers: { "accept-encoding": "gzip, deflate, br, zstd" },
		});
		expect(small.headers.get("content-encoding")).toBe("br");
		const bytes = Buffer.from(await small.arrayBuffer());
		expect(brotliDecompressSync(bytes)).toEqual(Buffer.from(await response.clone().arrayBuffer()));
		const again = { ...headers, "if-none-match": response.headers.get("etag") ?? "" };
		expect((await app.request(`/npm/@clerk/${script}`, { headers: again })).status).toBe(304);
	},
);

test.each([
	"/npm/@clerk/ui@1/dist/../package.json",
	"/npm/@clerk/ui@1/dist/..%2fpackage.json",
	"/npm/@clerk/ui@1/dist/..%2f..%2f..%2f..%2flocal%2fclerk%2fapp.js",
	"/npm/@clerk/ui@1/dist/%2fetc%2fpasswd",
	"/npm/@clerk/..%2f..%2fhono/dist/index.js",
	"/npm/@clerk/nextjs@7/dist/index.js",
	"/npm/@clerk/ui@1/dist/missing.js",
	"/npm/@clerk/ui@1/dist/ui.browser.js%00",
])("nothing outside Clerk's script folders is served: %s", async (address) => {
	expect((await openBrowser(await openStandIn()).get(address)).status).toBe(404);
});
