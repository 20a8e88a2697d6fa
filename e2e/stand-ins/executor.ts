import { createServer } from "node:http";

/**
 * Stands in, at the network, for the runtime that executes control actions: answers each with what it
 * was asked to do, so that a test sees its own payload come back through the whole stack.
 */
const port = Number(process.env.E2E_EXECUTOR_PORT);
const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on("data", (chunk: Buffer) => chunks.push(chunk));
	request.on("end", () => {
		response.setHeader("content-type", "application/json");
		const text = Buffer.concat(chunks).toString("utf8");
		response.end(
			JSON.stringify({ ran_by: "executor stand-in", received: text === "" ? null : JSON.parse(text) }),
		);
	});
});
server.listen(port, "127.0.0.1");
for (const signal of ["SIGINT", "SIGTERM"] as const)
	process.on(signal, () => server.close(() => process.exit(0)));
