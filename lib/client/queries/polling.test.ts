import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { liveState } from "../live-state";
import { refreshAfterMs } from "./polling";

const start = Date.parse("2026-11-22T10:00:00Z");
beforeEach(() => {
	vi.useFakeTimers({ now: start });
});
afterEach(() => {
	liveState.setLive(false);
	vi.useRealTimers();
});

const read = (afterMs: number, times = 2) => ({ dataUpdatedAt: start + afterMs, dataUpdateCount: times });

test("without a stream everything is read every 5 s", () => {
	expect(refreshAfterMs(read(100_000, 9))).toBe(5_000);
});

test("with one only what was read since it tells of changes waits for a minute", () => {
	liveState.setLive(true);
	expect(refreshAfterMs(read(-1))).toBe(5_000);
	// May have been on its way when the stream began.
	expect(refreshAfterMs(read(5_000))).toBe(5_000);
	expect(refreshAfterMs(read(5_001))).toBe(60_000);
});

test("what came with the page, or was read once, is read again soon", () => {
	liveState.setLive(true);
	expect(refreshAfterMs(read(10_000, 1))).toBe(5_000);
});

test("when the stream is lost it is 5 s at once, and a new one starts from its own beginning", () => {
	liveState.setLive(true);
	liveState.setLive(false);
	expect(refreshAfterMs(read(10_000))).toBe(5_000);
	vi.setSystemTime(start + 20_000);
	liveState.setLive(true);
	expect(refreshAfterMs(read(10_000))).toBe(5_000);
	expect(refreshAfterMs(read(26_000))).toBe(60_000);
});
