import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startLiveEvents } from "./live-events";
import { type LiveNews, liveState } from "./live-state";

/** What a browser has and Node has not; nothing of ours is replaced. */
class Page extends EventTarget {
	cookie = "";
	visibilityState: "visible" | "hidden" = "visible";
	show(state: Page["visibilityState"]) {
		this.visibilityState = state;
		this.dispatchEvent(new Event("visibilitychange"));
	}
}

/** One request for the stream, as the server sees it. */
interface Asked {
	url: string;
	lastEventId: string | undefined;
	send(...frames: string[]): void;
	end(): void;
	isLeft(): boolean;
}

type Answer = "stream" | number | "lost";

let page: Page;
let asked: Asked[];
let answer: (url: string) => Answer;
let told: LiveNews[];
let ends: (() => void)[];
let renewals: number;

beforeEach(() => {
	vi.useFakeTimers();
	page = new Page();
	asked = [];
	told = [];
	renewals = 0;
	answer = () => "stream";
	vi.stubGlobal("document", page);
	const session = {
		getToken: async () => {
			renewals += 1;
			return "token";
		},
	};
	vi.stubGlobal("window", Object.assign(globalThis, { Clerk: { loaded: true, session } }));
	vi.stubGlobal("fetch", serve);
	ends = [liveState.onNews((news) => told.push(news))];
});
afterEach(() => {
	for (const end of ends) end();
	liveState.setLookingAt(null);
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

async function serve(url: string, init: RequestInit): Promise<Response> {
	const given = answer(url);
	if (given === "lost") throw new TypeError("Failed to fetch");
	let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
	let isOpen = true;
	const body = new ReadableStream<Uint8Array>({
		start(made) {
			controller = made;
		},
	});
	init.signal?.addEventListener("abort", () => {
		if (isOpen) controller?.error(new DOMException("Aborted", "AbortError"));
		isOpen = false;
	});
	asked.push({
		url,
		lastEventId: new Headers(init.headers).get("last-event-id") ?? undefined,
		send: (...frames) => {
			if (isOpen) controller?.enqueue(new TextEncoder().encode(frames.join("")));
		},
		end: () => {
			isOpen = false;
			controller?.close();
		},
		isLeft: () => !isOpen,
	});
	if (given !== "stream") return Response.json({ error: "No." }, { status: given });
	return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

const hello = (id: number) => `id: ${id}\nevent: hello\ndata: {}\n\n`;
const change = (id: number) =>
	`id: ${id}\nevent: change\ndata: {"event":"project.changed","resource_id":null,"at":"2026-11-22T10:00:00.000Z"}\n\n`;
const presence = (deploymentId: string, ...ids: string[]) =>
	`event: presence\ndata: ${JSON.stringify({ deployment_id: deploymentId, user_ids: ids })}\n\n`;

async function start(): Promise<void> {
	ends.push(startLiveEvents(new QueryClient()));
	await pass(1);
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const last = () => asked.at(-1);
const isLive = () => liveState.liveSince() !== null;

describe("a stream", () => {
	test("makes the page live with its first event, and tells each change", async () => {
		await start();
		expect([asked.length, renewals, isLive()]).toEqual([1, 1, false]);
		last()?.send(hello(4));
		await pass(1);
		expect([isLive(), told]).toEqual([true, []]);
		last()?.send(change(5), change(6), "event: reset\ndata: {}\n\n");
		await pass(1);
		expect(told.map((news) => (news === "reset" ? news : news.event))).toEqual([
			"reset",
			"project.changed",
			"project.changed",
		]);
	});

	test("that says something else than the contract changes nothing", async () => {
		await start();
		last()?.send(
			hello(1),
			"event: change\ndata: {\n\n",
			"event: change\ndata: [1]\n\n",
			"event: x\ndata: y\n\n",
		);
		await pass(1);
		expect([isLive(), told]).toEqual([true, []]);
	});

	test("that tells of much at once is told as one reset", async () => {
		await start();
		last()?.send(hello(0), ...Array.from({ length: 21 }, (_, place) => change(place + 1)));
		await pass(1);
		expect(told).toEqual(["reset"]);
	});

	test("that ends in good order has a successor at once, which goes on where it stopped, and the page stays live", async () => {
		await start();
		last()?.send(hello(4), change(5));
		await pass(60_000 / 2);
		last()?.end();
		await pass(400);
		expect([asked.length, last()?.lastEventId, isLive()]).toEqual([2, "5", true]);
		last()?.send(hello(5));
		await pass(10_000);
		expect([asked.length, isLive()]).toEqual([2, true]);
	});

	test("that is lost for more than a moment is said to be lost", async () => {
		await start();
		last()?.send(hello(4));
		await pass(30_000);
		answer = () => "lost";
		last()?.end();
		await pass(400);
		expect(isLive()).toBe(false);
	});

	test("that is silent for too long is given up", async () => {
		await start();
		last()?.send(hello(4));
		for (let count = 0; count < 4; count += 1) {
			await pass(15_000);
			last()?.send(":\n\n");
		}
		expect([asked.length, isLive()]).toEqual([1, true]);
		await pass(40_400);
		expect([asked[0]?.isLeft(), asked.length]).toEqual([true, 2]);
	});
});

test("after failures the pauses grow to half a minute, and none is without end", async () => {
	answer = () => 503;
	await start();
	const counts = [];
	for (let minute = 0; minute < 4; minute += 1) {
		await pass(60_000);
		counts.push(asked.length);
	}
	expect(counts[0]).toBeLessThan(9);
	const perMinute = (counts[3] ?? 0) - (counts[2] ?? 0);
	expect(perMinute).toBeGreaterThanOrEqual(1);
	expect(perMinute).toBeLessThanOrEqual(4);
	answer = () => "stream";
	await pass(30_000);
	last()?.send(hello(1));
	await pass(1);
	expect(isLive()).toBe(true);
});

test("streams that end as soon as they have begun are no reason to hurry", async () => {
	await start();
	for (let count = 0; count < 600; count += 1) {
		last()?.send(hello(1));
		await pass(50);
		if (last()?.isLeft() === false) last()?.end();
		await pass(50);
	}
	expect(asked.length).toBeLessThan(10);
});

test.each([404, 405])("after %i it is never asked again", async (status) => {
	answer = () => status;
	await start();
	await pass(300_000);
	page.show("hidden");
	page.show("visible");
	liveState.setLookingAt("d1");
	await pass(300_000);
	expect(asked).toHaveLength(1);
});

test("a refused session is renewed once before it counts as a failure", async () => {
	let isFirst = true;
	answer = () => {
		const given = isFirst ? 401 : "stream";
		isFirst = false;
		return given;
	};
	await start();
	last()?.send(hello(1));
	await pass(1);
	expect([asked.length, renewals, isLive()]).toEqual([2, 2, true]);
});

test("a hidden tab has no stream; shown again it goes on where it stopped", async () => {
	await start();
	last()?.send(hello(4), change(5));
	await pass(10);
	page.show("hidden");
	await pass(60_000);
	expect([asked.length, last()?.isLeft(), isLive()]).toEqual([1, true, false]);
	page.show("visible");
	await pass(1);
	expect([asked.length, last()?.lastEventId]).toEqual([2, "5"]);
});

describe("whoever looks at a deployment", () => {
	test("says so by a stream of its own, and stops saying so with the page", async () => {
		await start();
		last()?.send(hello(4));
		await pass(10);
		liveState.setLookingAt("d1");
		await pass(1);
		expect([asked.length, last()?.url, last()?.lastEventId]).toEqual([2, "/v1/events?looking_at=d1", "4"]);
		last()?.send(hello(4), presence("d1", "user_a"));
		await pass(10);
		expect([asked[0]?.isLeft(), isLive(), liveState.presence()]).toEqual([
			true,
			true,
			{ deploymentId: "d1", userIds: ["user_a"] },
		]);
		liveState.setLookingAt(null);
		await pass(1);
		expect([last()?.url, liveState.presence()]).toEqual(["/v1/events", null]);
	});

	test("and goes from one page to the next changes the stream once", async () => {
		await start();
		last()?.send(hello(4));
		await pass(10);
		liveState.setLookingAt("d1");
		liveState.setLookingAt(null);
		liveState.setLookingAt("d2");
		await pass(1);
		expect(asked.map(({ url }) => url)).toEqual(["/v1/events", "/v1/events?looking_at=d2"]);
	});

	test("that the server does not know still hears of changes", async () => {
		answer = (url) => (url.includes("looking_at") ? 404 : "stream");
		liveState.setLookingAt("d1");
		await start();
		await pass(1_000);
		expect(asked.map(({ url }) => url)).toEqual(["/v1/events?looking_at=d1", "/v1/events"]);
		last()?.send(hello(1));
		await pass(1);
		expect(isLive()).toBe(true);
	});
});
