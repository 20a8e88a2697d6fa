import type { Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";
import { renewSession } from "./session";

/** From here on nothing is read by a timer: what shows up has been told by the server. */
async function withoutPolling(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const start = window.setInterval.bind(window);
		const polls: readonly unknown[] = [5_000, 30_000, 60_000];
		Object.assign(window, {
			setInterval: (call: () => void, delay?: number) => (polls.includes(delay) ? 0 : start(call, delay)),
		});
	});
}

/** Opens an address and waits until the server tells it of changes. */
async function openLive(page: Page, address: string): Promise<void> {
	const stream = page.waitForResponse(
		(response) => response.url().includes("/v1/events") && response.status() === 200,
		{ timeout: 30_000 },
	);
	await page.goto(address);
	await stream;
}

const decision = (page: Page) => page.getByRole("region", { name: "Record" });

test("a decision taken elsewhere shows without a poll", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("member");
	await withoutPolling(page);
	await openLive(page, `/deployments/${proposal.id}`);
	await expect(page.getByText("A/B passed").first()).toBeVisible();
	const startedAt = performance.now();
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/reject`, { reason: "Too soft." });
	const answeredAt = performance.now();
	await expect(decision(page)).toContainText("Too soft.");
	const shownAt = performance.now();
	test.info().annotations.push({
		type: "measured",
		description: `shown ${Math.round(shownAt - answeredAt)} ms after the API's answer, ${Math.round(shownAt - startedAt)} ms after it was asked`,
	});
});

test("owners who have the same review page open see each other, until one leaves", async ({ pageOf }) => {
	const proposal = await propose();
	const address = `/deployments/${proposal.id}`;
	const [first, second, reader] = [await pageOf("owner"), await pageOf("owner2"), await pageOf("member")];
	const notice = (page: Page) => page.getByRole("status").filter({ hasText: "this page open, too." });
	await openLive(first, address);
	await expect(notice(first)).toHaveCount(0);
	const place = await first.getByRole("heading", { level: 1 }).boundingBox();
	await openLive(second, address);
	await openLive(reader, address);
	await expect(notice(second)).toHaveText("Olive Owner has this page open, too.");
	await expect(notice(first)).toHaveText(/^(?!Olive Owner)\S.* has this page open, too\.$/);
	await expect(notice(reader)).toHaveText(/ and .* have this page open, too\.$/);
	expect(await first.getByRole("heading", { level: 1 }).boundingBox()).toEqual(place);

	await second.getByRole("link", { name: "Audit" }).click();
	await expect(notice(first)).toHaveCount(0);
	await second.goBack();
	await expect(notice(first)).toHaveCount(1);
	// A tab that is closed ends its stream at the gateway, and that one ends it at the API.
	await second.close();
	await expect(notice(first)).toHaveCount(0);
});

test("when the stream stops halfway, polling takes over", async ({ pageOf, allowNoise }) => {
	allowNoise(/Failed to load resource/);
	const proposal = await propose();
	const page = await pageOf("member");
	let streams = 0;
	await page.route("**/v1/events*", (route) => {
		streams += 1;
		if (streams > 1) return route.abort("connectionreset");
		const headers = { "content-type": "text/event-stream" };
		return route.fulfill({ headers, body: "id: 1\nevent: hello\ndata: {}\n\n" });
	});
	await page.goto(`/deployments/${proposal.id}`);
	await expect.poll(() => streams, { timeout: 30_000 }).toBeGreaterThan(1);
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/reject`, { reason: "Too soft." });
	await expect(decision(page)).toContainText("Too soft.", { timeout: 15_000 });
});

test("the gateway passes the stream on as it comes, to who is signed in and may see it", async ({
	pageOf,
	request,
	allowNoise,
}) => {
	allowNoise(/status of 404/);
	const stranger = await request.get("/v1/events");
	expect([stranger.status(), (await stranger.json()).code]).toEqual([401, "unauthenticated"]);

	const proposal = await propose();
	const page = await pageOf("owner@other.example");
	await page.goto("/audit");
	await renewSession(page);
	const read = (path: string) =>
		page.evaluate(async (url) => {
			const leave = new AbortController();
			const response = await fetch(url, { signal: leave.signal, headers: { "last-event-id": "none" } });
			const first = await response.body?.getReader().read();
			leave.abort();
			const names = ["content-type", "cache-control", "content-encoding"];
			const headers = names.map((name) => response.headers.get(name));
			return { status: response.status, headers, text: new TextDecoder().decode(first?.value) };
		}, path);
	const stream = await read("/v1/events");
	expect([stream.status, stream.headers]).toEqual([
		200,
		["text/event-stream", "no-cache, no-transform", null],
	]);
	// `Last-Event-ID` has arrived.
	expect(stream.text).toContain("event: reset");
	expect(stream.text).toMatch(/^id: \d+\n/m);
	const foreign = await read(`/v1/events?looking_at=${proposal.id}`);
	expect([foreign.status, JSON.parse(foreign.text).code]).toEqual([404, "not_found"]);
});
