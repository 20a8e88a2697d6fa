import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inPortions } from "./in-portions";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

test("the first is handed on at once, what comes meanwhile together", async () => {
	const portions: string[][] = [];
	const take = inPortions(async (portion: readonly string[]) => portions.push([...portion]));
	for (const thing of ["a", "b", "c"]) take(thing);
	expect(portions).toEqual([["a"]]);
	await vi.advanceTimersByTimeAsync(249);
	expect(portions).toEqual([["a"]]);
	await vi.advanceTimersByTimeAsync(1);
	expect(portions).toEqual([["a"], ["b", "c"]]);
	await vi.advanceTimersByTimeAsync(1_000);
	take("d");
	expect(portions).toEqual([["a"], ["b", "c"], ["d"]]);
});

test("work that takes longer than the pause is waited for, work that never ends for a second", async () => {
	const portions: string[][] = [];
	let finish: () => void = () => undefined;
	const take = inPortions((portion: readonly string[]) => {
		portions.push([...portion]);
		return new Promise<void>((resolve) => {
			finish = resolve;
		});
	});
	take("a");
	take("b");
	await vi.advanceTimersByTimeAsync(600);
	expect(portions).toHaveLength(1);
	finish();
	await vi.advanceTimersByTimeAsync(0);
	expect(portions).toEqual([["a"], ["b"]]);
	take("c");
	await vi.advanceTimersByTimeAsync(1_000);
	expect(portions).toEqual([["a"], ["b"], ["c"]]);
});
