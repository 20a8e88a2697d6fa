import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { createModelStandIn } from "./app";

export interface RunningModelStandIn {
	/** What an API server is told so that it executes actions here. */
	variables: Record<string, string>;
	url: string;
	stop(): Promise<void>;
}

/** Starts the stand-in for a model on this computer only, on a port that is free. */
export async function startModelStandIn(): Promise<RunningModelStandIn> {
	const app = createModelStandIn();
	const { server, port } = await new Promise<{ server: ServerType; port: number }>((resolve, reject) => {
		const made = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (address: AddressInfo) => {
			resolve({ server: made, port: address.port });
		});
		made.once("error", reject);
	});
	const url = `http://127.0.0.1:${port}/v1`;
	return {
		url,
		variables: {
			COUNTERSIGN_EXECUTOR_MODEL_URL: url,
			COUNTERSIGN_EXECUTOR_MODEL_STAND_IN: "1",
			COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: "1",
		},
		stop() {
			return new Promise((resolve) => {
				server.close(() => resolve());
				if ("closeAllConnections" in server) server.closeAllConnections();
			});
		},
	};
}
