import type { Context } from "hono";
import type { z } from "zod";
import type { ErrorCode } from "@/lib/contract/error";
import type { Operation } from "@/lib/rules/authority";
import type { Caller } from "../auth/caller";
import type { Services } from "../context";
import type { AppEnvironment } from "../middleware/request-context";
import { type Endpoint, parsed } from "./endpoint";
import { readQuery } from "./query";

interface Definition<Query extends z.ZodType> {
	path: string;
	summary: string;
	operation: Operation;
	query: Query;
	/** What all of the stream together looks like. */
	answer: z.ZodType<string>;
	refusals?: readonly ErrorCode[];
	handle(
		context: Services & { caller: Caller },
		request: {
			query: z.output<Query>;
			/** The `Last-Event-ID`, or null when none was sent. */
			lastEventId: string | null;
			/** Breaks the connection, where there is one. */
			hangUp: (() => void) | undefined;
		},
	): Promise<ReadableStream<Uint8Array>>;
}

const headers = {
	"Content-Type": "text/event-stream",
	// Proxies that gather what they pass on would hold back what happens now.
	"X-Accel-Buffering": "no",
	// Kept open for a next request, the connection of a stream that has ended would hold up the end of the server.
	Connection: "close",
};

/** An endpoint of the table whose answer goes on: server-sent events, to a GET without a body. */
export function streamEndpoint<Query extends z.ZodType>(definition: Definition<Query>): Endpoint {
	const { path, summary, operation, query, answer, refusals = [] } = definition;
	return {
		method: "GET",
		path,
		summary,
		operation,
		query,
		body: null,
		answers: { 200: answer },
		mediaType: "text/event-stream",
		tag: "never",
		isConditional: false,
		refusals,
		async run(c, services) {
			const asked = parsed(query, readQuery(c.req.url));
			const caller = c.get("caller");
			const lastEventId = c.req.header("Last-Event-ID") ?? null;
			const request = { query: asked, lastEventId, hangUp: hangUpOf(c) };
			const body = await definition.handle({ ...services, caller }, request);
			if (c.req.method !== "HEAD") return c.body(body, 200, headers);
			// Nobody would read it, so nobody would hang up either.
			await body.cancel();
			return c.body(null, 200, headers);
		},
	};
}

function hangUpOf(c: Context<AppEnvironment>): (() => void) | undefined {
	const outgoing = c.env?.outgoing;
	return outgoing === undefined ? undefined : () => void outgoing.destroy();
}
