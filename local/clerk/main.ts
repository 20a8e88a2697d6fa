import { type ServerType, serve } from "@hono/node-server";
import { createClerkStandIn } from "./app";
import { prepareClerkScript } from "./clerk-scripts";
import { loadOrCreateClerkKeys } from "./keys";
import { openClerkStore } from "./store";

const hostname = "127.0.0.1";

try {
	await main();
} catch (error) {
	fail(error instanceof Error ? error.message : String(error));
}

async function main() {
	if (process.env.NODE_ENV === "production" && process.env.COUNTERSIGN_LOCAL !== "1") {
		throw new Error(
			"This is a stand-in for Clerk with a published password, so it does not start with NODE_ENV=production. Use real Clerk keys there, or set COUNTERSIGN_LOCAL=1 to try a production build on your own computer.",
		);
	}
	const dataDir = process.env.COUNTERSIGN_DATA_DIR || ".data";
	const port = readPort(process.env.CLERK_PORT || "8081");
	const app = createClerkStandIn({
		keys: await loadOrCreateClerkKeys(dataDir),
		store: openClerkStore(dataDir),
		origin: readOrigin(process.env.COUNTERSIGN_ORIGIN || "http://localhost:3000"),
	});
	const server = serve({ fetch: app.fetch, hostname, port }, () => {
		console.log(`Local sign-in (a stand-in for Clerk) listens on http://${hostname}:${port}`);
	});
	prepareClerkScript().catch((error) => console.error("Clerk's script could not be prepared.", error));
	server.on("error", (error: NodeJS.ErrnoException) => {
		const isTaken = error.code === "EADDRINUSE";
		fail(
			isTaken
				? `Port ${port} is taken. Stop what uses it, or set CLERK_PORT to another port.`
				: error.message,
		);
	});
	const stop = () => close(server);
	process.once("SIGINT", stop);
	process.once("SIGTERM", stop);
	process.once("disconnect", stop);
}

function close(server: ServerType) {
	server.close(() => process.exit(0));
	if ("closeAllConnections" in server) server.closeAllConnections();
}

function readPort(text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Error(`CLERK_PORT must be a port number, not "${text}".`);
}

function readOrigin(text: string): string {
	const origin = URL.canParse(text) ? new URL(text).origin : "null";
	if (origin !== "null") return origin;
	throw new Error(`COUNTERSIGN_ORIGIN must be an address such as http://localhost:3000, not "${text}".`);
}

function fail(sentence: string): never {
	console.error(sentence);
	process.exit(1);
}
