/** What Node's fetch calls a connection that the other side has closed. */
const closedCodes = ["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"];

/**
 * As `fetch`, but a read whose connection is found closed is asked once more: an API closes connections that were idle
 * for some seconds, and a process that was busy in that moment learns of it by using one. A write is never repeated here.
 */
export async function fetchApi(input: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(input, init);
	} catch (error) {
		const isRead = init.method === undefined || init.method === "GET";
		if (!isRead || init.signal?.aborted || !wasClosed(error)) throw error;
		return fetch(input, init);
	}
}

function wasClosed(error: unknown): boolean {
	return closedCodes.includes(connectionFault(error) ?? "");
}

/** The code of what befell the connection of a `fetch` that failed, such as `ECONNREFUSED`; undefined in a browser. */
export function connectionFault(error: unknown): string | undefined {
	const cause = error instanceof Error ? error.cause : undefined;
	return cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
}
