import type { Hono } from "hono";
import type { AppEnvironment } from "../middleware/request-context";
import { allowOnly, type Endpoint } from "../routes/endpoint";
import { docsFiles, docsPolicy } from "./docs-files";
import { openApiDocument } from "./document";

/** Serves `/openapi.json` and the pages of `/docs`, to whoever asks: they hold nothing that is not public. */
export function mountOpenApi(app: Hono<AppEnvironment>, endpoints: readonly Endpoint[]): void {
	let document: string | undefined;
	app.get("/openapi.json", (c) => {
		document ??= JSON.stringify(openApiDocument(endpoints));
		return c.body(document, 200, { "Content-Type": "application/json" });
	});
	allowOnly(app, "/openapi.json", ["GET"]);
	for (const { path, type, read } of docsFiles) {
		app.get(path, async (c) => c.body(await read(), 200, { "Content-Type": type, ...docsPolicy }));
		allowOnly(app, path, ["GET"]);
	}
}
