import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { fetchApi } from "./fetch-api";

/** A server that closes so many connections without a word before it answers, and how often it was asked. */
async function openServer(closings: number) {
	let asked = 0;
	const server = createServer((request, response) => {
		asked += 1;
		if (asked <= closings) request.socket.destroy();
		else response.end("here");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked: () => asked };
}

test("a read whose connection is closed is asked once more, and no more than that", async () => {
	const once = await openServer(1);
	expect(await (await fetchApi(once.url, {})).text()).toBe("here");
	expect(once.asked()).toBe(2);
	const always = await openServer(9);
	await expect(fetchApi(always.url, { method: "GET" })).rejects.toThrow();
	expect(always.asked()).toBe(2);
});

test("a write is not repeated", async () => {
	const server = await openServer(1);
	await expect(fetchApi(server.url, { method: "POST" })).rejects.toThrow();
	expect(server.asked()).toBe(1);
});
