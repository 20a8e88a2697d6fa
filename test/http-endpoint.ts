import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
	path: string;
	headers: IncomingMessage["headers"];
	body: string;
}

type Respond = (response: ServerResponse, request: IncomingMessage, received: Received) => void;

/** A real HTTP server on this computer that keeps what it receives and answers as the test says. */
export async function openHttpEndpoint() {
	const received: Received[] = [];
	const endpoint = {
		received,
		origin: "",
		respond: ((response) => response.end("{}")) as Respond,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const { headers, url: path = "" } = request;
			const one = { path, headers, body: Buffer.concat(chunks).toString() };
			received.push(one);
			endpoint.respond(response, request, one);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	endpoint.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return endpoint;
}

/** Sends 50 MB, as fast as the other side reads, and says how many bytes were taken when it hung up. */
export function sendFiftyMegabytes(response: ServerResponse, hungUp: (bytes: number) => void): void {
	const piece = Buffer.alloc(64 * 1024, "x");
	let sent = 0;
	const send = () => {
		while (sent < 50 * 1024 * 1024) {
			sent += piece.length;
			if (!response.write(piece)) return void response.once("drain", send);
		}
		response.end();
	};
	response.once("close", () => hungUp(sent));
	send();
}
