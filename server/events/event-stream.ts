/** One reader's stream of server-sent events. */
export interface EventStream {
	body: ReadableStream<Uint8Array>;
	/** Sends whole frames; nothing after the end. */
	send(frames: string): void;
	/** Ends it in good order. */
	end(): void;
}

const encoder = new TextEncoder();

/**
 * Makes a stream that keeps no more than `unreadBytes` for a reader who does not read: that one is hung up on
 * (`hangUp`, where there is a connection) and what waits is thrown away. `onEnd` is called once, however it ends.
 */
export function createEventStream(parts: {
	unreadBytes: number;
	hangUp: (() => void) | undefined;
	onEnd: () => void;
}): EventStream {
	const { unreadBytes, hangUp, onEnd } = parts;
	let controller: ReadableStreamDefaultController<Uint8Array> | null = null;

	function finish(how: (open: ReadableStreamDefaultController<Uint8Array>) => void): void {
		if (controller === null) return;
		const open = controller;
		controller = null;
		how(open);
		onEnd();
	}

	const body = new ReadableStream<Uint8Array>(
		{
			start(given) {
				controller = given;
			},
			cancel() {
				finish(() => undefined);
			},
		},
		new ByteLengthQueuingStrategy({ highWaterMark: unreadBytes }),
	);

	return {
		body,
		send(frames) {
			if (frames === "") return;
			controller?.enqueue(encoder.encode(frames));
			if ((controller?.desiredSize ?? 0) >= 0) return;
			finish((open) => {
				// A broken connection cancels the body; without one the body itself breaks.
				if (hangUp === undefined) open.error(new Error("The events are not read"));
				else hangUp();
			});
		},
		end() {
			finish((open) => open.close());
		},
	};
}
