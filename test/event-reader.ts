import type { Asked, TestApi } from "./api";
import { claimsOf, signToken } from "./tokens";

/** One event as it came. `data` is what its JSON says. */
export interface ReadEvent {
	event: string;
	id?: string;
	data: Record<string, unknown>;
}

/** Reads a stream event by event; comments are counted. */
export function readEvents(body: ReadableStream<Uint8Array>) {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let text = "";
	let comments = 0;

	/** The next frame, or null at the end. */
	async function nextFrame(): Promise<string | null> {
		for (;;) {
			const end = text.indexOf("\n\n");
			if (end >= 0) {
				const frame = text.slice(0, end);
				text = text.slice(end + 2);
				return frame;
			}
			const { done, value } = await reader.read();
			if (done) return null;
			text += decoder.decode(value, { stream: true });
		}
	}

	async function next(): Promise<ReadEvent | null> {
		for (;;) {
			const frame = await nextFrame();
			if (frame === null) return null;
			if (!frame.startsWith(":")) return parse(frame);
			comments += 1;
		}
	}

	return {
		next,
		/** So many of the next events. */
		async take(count: number): Promise<(ReadEvent | null)[]> {
			const events: (ReadEvent | null)[] = [];
			while (events.length < count) events.push(await next());
			return events;
		},
		comments: () => comments,
		/** Hangs up. */
		leave: () => reader.cancel(),
	};
}

function parse(frame: string): ReadEvent {
	const fields = new Map(frame.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
	const id = fields.get("id");
	return {
		event: fields.get("event") ?? "",
		...(id === undefined ? {} : { id }),
		data: JSON.parse(fields.get("data") ?? "null"),
	};
}

/** Opens `/v1/events` as somebody; throws when it is refused. */
export async function openEvents(
	api: Pick<TestApi, "app" | "clock">,
	as: NonNullable<Asked["as"]>,
	{ after, lookingAt }: { after?: string; lookingAt?: string } = {},
) {
	const claims = claimsOf({ userId: `user_${as.role}`, ...as }, api.clock());
	const response = await api.app.request(
		`/v1/events${lookingAt === undefined ? "" : `?looking_at=${lookingAt}`}`,
		{
			headers: {
				Authorization: `Bearer ${await signToken(claims)}`,
				...(after === undefined ? {} : { "Last-Event-ID": after }),
			},
		},
	);
	if (response.status !== 200 || response.body === null) throw new Error(await response.text());
	return readEvents(response.body);
}
