import { expect, test } from "vitest";
import { createEventStream } from "./event-stream";

function open(hangUp?: () => void) {
	let ends = 0;
	const stream = createEventStream({
		unreadBytes: 10,
		hangUp,
		onEnd: () => {
			ends += 1;
		},
	});
	return { stream, ends: () => ends };
}

test("what is sent is read, and the end is told once", async () => {
	const { stream, ends } = open();
	stream.send("a\n\n");
	stream.send("");
	stream.end();
	stream.end();
	stream.send("too late");
	expect(await new Response(stream.body).text()).toBe("a\n\n");
	expect(ends()).toBe(1);
});

test("a reader who leaves ends it", async () => {
	const { stream, ends } = open();
	await stream.body.cancel();
	stream.send("a");
	expect(ends()).toBe(1);
});

test("a reader who does not read is hung up on, and what waits is thrown away", async () => {
	const { stream, ends } = open();
	stream.send("0123456789");
	expect(ends()).toBe(0);
	stream.send("0");
	stream.send("1");
	expect(ends()).toBe(1);
	await expect(new Response(stream.body).text()).rejects.toThrow("not read");
});

test("where there is a connection, that is what is broken", () => {
	let hangUps = 0;
	const { stream, ends } = open(() => {
		hangUps += 1;
	});
	stream.send("0123456789 and more");
	expect([hangUps, ends()]).toEqual([1, 1]);
});

test("a reader who keeps up is sent as much as there is", async () => {
	const { stream, ends } = open();
	const reader = stream.body.getReader();
	for (let count = 0; count < 50; count += 1) {
		stream.send("0123456789");
		await reader.read();
	}
	expect(ends()).toBe(0);
});
