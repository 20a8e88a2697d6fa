import { createServer } from "node:net";

/** Throws one sentence when the port cannot be had; `variable` is how to choose another one. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
	for (const host of ["127.0.0.1", "::1"]) {
		const fault = await tryListen(port, host);
		if (fault === "EADDRINUSE") {
			throw new Error(
				`Port ${port} is taken. Stop what uses it, or choose another one: ${variable}=${port + 10} npm start`,
			);
		}
		if (fault === "EACCES") {
			throw new Error(
				`Port ${port} may not be used by this user. Choose one above 1023: ${variable}=3000 npm start`,
			);
		}
	}
}

function tryListen(port: number, host: string): Promise<string | null> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
		server.listen(port, host, () => server.close(() => resolve(null)));
	});
}
