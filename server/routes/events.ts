import { liveEventsQuerySchema, promisedLiveEventsSchema } from "@/lib/contract/live-event";
import { openEvents } from "../events/open";
import { streamEndpoint } from "./stream-endpoint";

/** `/v1/events` */
export const eventEndpoints = [
	streamEndpoint({
		path: "/v1/events",
		summary: "What changes from now on, or since Last-Event-ID, as server-sent events",
		operation: "read",
		query: liveEventsQuerySchema,
		answer: promisedLiveEventsSchema,
		refusals: ["not_found", "rate_limited"],
		handle: (context, { query, lastEventId, hangUp }) =>
			openEvents(context, { lookingAt: query.looking_at ?? null, lastEventId, hangUp }),
	}),
];
