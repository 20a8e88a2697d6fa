import { expect, test } from "vitest";
import { createTurns } from "./turns";

const never = new AbortController().signal;

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
	const pending = Symbol();
	return (await Promise.race([promise, Promise.resolve().then(() => pending)])) !== pending;
}

test("as many as there are places enter at once, the others in the order in which they came", async () => {
	const turns = createTurns(2);
	const [first, second] = [await turns.take(never), await turns.take(never)];
	expect([first?.hasWaited, second?.hasWaited]).toEqual([false, false]);
	const [third, fourth] = [turns.take(never), turns.take(never)];
	expect([await isSettled(third), await isSettled(fourth)]).toEqual([false, false]);
	second?.leave();
	expect((await third)?.hasWaited).toBe(true);
	expect(await isSettled(fourth)).toBe(false);
	first?.leave();
	expect((await fourth)?.hasWaited).toBe(true);
});

test("to leave twice lets in one", async () => {
	const turns = createTurns(1);
	const first = await turns.take(never);
	const [second, third] = [turns.take(never), turns.take(never)];
	first?.leave();
	first?.leave();
	expect((await second)?.hasWaited).toBe(true);
	expect(await isSettled(third)).toBe(false);
});

test("who gives up in line is passed over, and who comes too late never enters", async () => {
	const turns = createTurns(1);
	const first = await turns.take(never);
	const patience = new AbortController();
	const [second, third] = [turns.take(patience.signal), turns.take(never)];
	patience.abort();
	expect(await second).toBeNull();
	expect(await turns.take(patience.signal)).toBeNull();
	first?.leave();
	(await third)?.leave();
	expect((await turns.take(never))?.hasWaited).toBe(false);
});
