import { beforeEach, expect, test } from "vitest";
import type { ExecutorOutcome } from "../executor";
import { inTurn } from "./in-turn";
import { createTurns, type Turns } from "./turns";

const done: ExecutorOutcome = { status: "executed", result: { done: true } };
const maySwitch = { on: async () => false, off: async () => true };
const unreachable = async () => expect.unreachable();

let turns: Turns;
let leave: () => void;
beforeEach(async () => {
	turns = createTurns(1);
	const turn = await turns.take(new AbortController().signal);
	leave = () => turn?.leave();
});

test("what finds a place runs at once, and has no waiting to tell of", async () => {
	leave();
	expect(await inTurn(turns, 1_000, { mayStart: maySwitch.off }, async () => done)).toEqual(done);
});

test("what finds a place asks the kill switch all the same: it was stored a moment ago", async () => {
	leave();
	expect(await inTurn(turns, 1_000, { mayStart: maySwitch.on }, unreachable)).toMatchObject({
		status: "failed",
		result: { executed: false, error: expect.stringContaining("kill switch") },
	});
});

test("what had to wait says how long", async () => {
	const outcome = inTurn(turns, 1_000, { mayStart: maySwitch.off }, async () => done);
	leave();
	expect(await outcome).toEqual({
		status: "executed",
		result: { done: true, waited_ms: expect.any(Number) },
	});
});

test("what waits for the whole time-out runs nothing, and says so", async () => {
	expect(await inTurn(turns, 50, { mayStart: unreachable }, unreachable)).toMatchObject({
		status: "failed",
		result: {
			executed: false,
			error: expect.stringContaining("waited in line for the whole time-out of 50 ms"),
		},
	});
});

test("what waits while the kill switch is turned on runs nothing, says so, and lets the next one in", async () => {
	const outcome = inTurn(turns, 1_000, { mayStart: maySwitch.on }, unreachable);
	const next = inTurn(turns, 1_000, { mayStart: maySwitch.off }, async () => done);
	leave();
	expect(await outcome).toMatchObject({
		status: "failed",
		result: { executed: false, error: expect.stringContaining("kill switch") },
	});
	expect((await next).status).toBe("executed");
});

test("the time spent in line is taken from the time to run", async () => {
	let ranMs = Number.POSITIVE_INFINITY;
	const outcome = inTurn(turns, 400, { mayStart: maySwitch.off }, async (deadline) => {
		const begunAt = performance.now();
		await new Promise((resolve) => deadline.addEventListener("abort", resolve));
		ranMs = performance.now() - begunAt;
		return done;
	});
	setTimeout(leave, 300);
	expect((await outcome).status).toBe("executed");
	expect(ranMs).toBeLessThan(300);
});

test("a place is free again after what ran in it has thrown", async () => {
	leave();
	const thrown = inTurn(turns, 1_000, { mayStart: maySwitch.off }, async () => {
		throw new Error("boom");
	});
	await expect(thrown).rejects.toThrow("boom");
	expect(await inTurn(turns, 1_000, { mayStart: maySwitch.off }, async () => done)).toEqual(done);
});
