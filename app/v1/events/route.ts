import type { NextRequest } from "next/server";
import { askThroughGateway, passedHeaders } from "@/lib/client/gateway";
import { getEnvironment } from "@/lib/env";

/** For the headers, which the API sends at once; after that the stream may go on. */
const firstByteTimeoutMs = 10_000;

/** A stream would keep the dashboard from stopping for minutes. */
const stopping = new AbortController();
for (const reason of ["SIGTERM", "SIGINT"] as const) process.once(reason, () => stopping.abort());

/**
 * The gateway for what does not end: `GET /v1/events` of the API, passed on as it comes. A browser that leaves
 * ends the stream at the API as well. Of what was asked, the deployment that is looked at and the place to go on
 * from are passed on, and nothing else.
 */
export async function GET(request: NextRequest): Promise<Response> {
	const lookingAt = request.nextUrl.searchParams.get("looking_at");
	const search = lookingAt === null ? "" : `?${new URLSearchParams({ looking_at: lookingAt })}`;
	const lastEventId = request.headers.get("last-event-id");
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(), firstByteTimeoutMs);
	const answer = await askThroughGateway({
		address: async () => `${getEnvironment().apiUrl}/v1/events${search}`,
		headers: {
			accept: "text/event-stream",
			...(lastEventId === null ? {} : { "last-event-id": lastEventId }),
		},
		aborted: request.signal,
		signal: AbortSignal.any([request.signal, stopping.signal, late.signal]),
	});
	clearTimeout(timer);
	if ("refusal" in answer) return answer.refusal;
	const { reply } = answer;
	if (!reply.ok || reply.body === null) {
		return new Response(reply.body, {
			status: reply.status,
			headers: passedHeaders(reply, "private, no-store"),
		});
	}
	// Compressed on the way, events would be held back until there are enough of them.
	const headers = passedHeaders(reply, "no-cache, no-transform");
	headers.set("x-accel-buffering", "no");
	// Kept open for a next request, the connection of a stream that has ended would hold up the end of the server.
	headers.set("connection", "close");
	return new Response(endingWell(reply.body), { status: reply.status, headers });
}

/** The same bytes; a stream that breaks off ends, which is all that a browser needs to come again. */
function endingWell(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
	const reader = body.getReader();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
			if (done || value === undefined) controller.close();
			else controller.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason),
	});
}
