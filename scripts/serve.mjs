import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import compression from "compression";
import { holdScripts } from "./hold-scripts.mjs";

/**
 * Serves the built dashboard: what `next start` does, with pages whose scripts wait for the first paint. Next cannot
 * send them so, and what it has compressed nobody can change on its way; so they are compressed here.
 */
const hostname = process.env.COUNTERSIGN_HOST || "localhost";
const port = Number(process.env.PORT || 3000);
/** Longer than the minute between two polls of a quiet page, or each of them would have to connect anew. */
const keepAliveTimeout = 75_000;
/** What is under way may take so long when the process is told to stop. */
const graceMs = 3_000;

// Before Next is loaded, and React with it.
process.env.NODE_ENV = "production";
const { default: next } = await import("next");
const app = next({ dev: false, dir: fileURLToPath(new URL("..", import.meta.url)), hostname, port });
const answer = app.getRequestHandler();
const compress = compression();

const server = createServer({ keepAliveTimeout }, (request, response) => {
	compress(request, response, () => {
		changeFirstPiece(response);
		answer(request, response).catch((error) => {
			console.error(error);
			response.destroy();
		});
	});
});
await app.prepare();
server.listen(port, hostname);

for (const signal of ["SIGINT", "SIGTERM"]) {
	process.once(signal, () => {
		server.close(() => app.close().finally(() => process.exit(0)));
		// A stream of events would go on for ever.
		setTimeout(() => server.closeAllConnections(), graceMs).unref();
	});
}

/** Has the first piece of a page's HTML pass through `holdScripts`; all else goes out as it is. */
function changeFirstPiece(response) {
	const { write, end } = response;
	let isFirst = true;
	const changed = (piece) => {
		if (!isFirst || piece === undefined || piece === null || typeof piece === "function") return piece;
		isFirst = false;
		const isPage = String(response.getHeader("content-type") ?? "").startsWith("text/html");
		// A length that has been told would not be true any more.
		if (!isPage || response.hasHeader("content-length")) return piece;
		// Byte by byte: a piece may end in the middle of a character, and what is looked for is ASCII.
		return Buffer.from(holdScripts(Buffer.from(piece).toString("latin1")), "latin1");
	};
	response.write = (piece, ...rest) => write.call(response, changed(piece), ...rest);
	response.end = (piece, ...rest) => end.call(response, changed(piece), ...rest);
}
