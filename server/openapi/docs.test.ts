import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { docsFiles } from "./docs-files";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());
const get = (path: string, method = "GET") => api.app.request(path, { method });

describe("/docs", () => {
	test.each([
		["/docs", "text/html; charset=utf-8", "<title>Countersign API</title>"],
		["/docs/initializer.js", "text/javascript; charset=utf-8", 'url: "/openapi.json"'],
		["/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8", "SwaggerUIBundle"],
		["/docs/swagger-ui.css", "text/css; charset=utf-8", ".swagger-ui"],
		["/docs/favicon.png", "image/png", "PNG"],
	])("answers %s without a token, as %s that is not sniffed", async (path, type, text) => {
		const answer = await get(path);
		expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, type]);
		expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
		expect(await answer.text()).toContain(text);
		const head = await get(path, "HEAD");
		expect([head.status, await head.text()]).toEqual([200, ""]);
		const post = await get(path, "POST");
		expect([post.status, post.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
	});

	test("lets a page load what is ours and nothing else, and nobody frame it", async () => {
		for (const { path } of docsFiles) {
			const policy = (await get(path)).headers.get("Content-Security-Policy")?.split("; ");
			expect(policy).toEqual([
				"default-src 'none'",
				"script-src 'self'",
				"style-src 'self' 'unsafe-inline'",
				"img-src 'self' data:",
				"connect-src 'self'",
				"base-uri 'none'",
				"form-action 'none'",
				"frame-ancestors 'none'",
			]);
		}
	});

	test("the page names no other host, runs no inline script, and asks for files that are there", async () => {
		const page = await (await get("/docs")).text();
		expect(page).not.toMatch(/https?:|\/\/[\w.]+|<script>|\son\w+=/);
		const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
		expect(files).toHaveLength(4);
		for (const file of files) expect([file, (await get(file)).status]).toEqual([file, 200]);
	});

	test("the page keeps no token and asks no validator", async () => {
		const script = await (await get("/docs/initializer.js")).text();
		expect(script).toContain("persistAuthorization: false");
		expect(script).toContain("validatorUrl: null");
		expect(script).not.toMatch(/https?:/);
	});

	test.each([
		"/docs/",
		"/docs/x",
		"/docs/package.json",
		"/docs/swagger-ui-bundle.js.map",
		"/docs/index.html",
		"/docs/../package.json",
		"/docs/..%2f..%2fpackage.json",
		"/docs/%2e%2e/package.json",
		"/docs/..%5c..%5cpackage.json",
		"/docs/swagger-ui.css%00.js",
		"/docs//etc/passwd",
	])("answers %s with 404 in JSON", async (path) => {
		const answer = await get(path);
		expect(answer.status).toBe(404);
		expect(answer.headers.get("Content-Type")).toBe("application/json");
		expect(await answer.json()).toMatchObject({ code: "not_found" });
	});
});
