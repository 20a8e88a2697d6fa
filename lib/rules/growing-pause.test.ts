import { expect, test } from "vitest";
import { pauseBeforeMs } from "./growing-pause";

test("each pause is twice the one before, from one second to thirty", () => {
	expect([1, 2, 3, 4, 5, 6, 7].map(pauseBeforeMs)).toEqual([1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3]);
	expect([0, -3, 1e9].map(pauseBeforeMs)).toEqual([1e3, 1e3, 30e3]);
});
