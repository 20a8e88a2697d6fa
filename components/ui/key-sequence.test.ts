import { describe, expect, test } from "vitest";
import { type BegunSequence, sequencePatienceMs, stepSequence } from "./key-sequence";

const sequences = ["g d", "g a", "z z"];

/** What a row of keys does, each with the milliseconds that have gone by when it comes. */
function press(...keys: [key: string, now: number][]) {
	let begun: BegunSequence | null = null;
	return keys.map(([key, now]) => {
		const step = stepSequence(begun, key, now, sequences);
		begun = step.begun;
		return step.completed ?? (step.isTaken ? "begun" : "free");
	});
}

describe("stepSequence", () => {
	test("completes a sequence by its second key, which then means nothing else", () => {
		expect(press(["g", 0], ["d", 100], ["d", 200])).toEqual(["begun", "g d", "free"]);
		expect(press(["z", 0], ["z", 1])).toEqual(["begun", "z z"]);
	});

	test("leaves a key its own meaning where nothing was begun, or too long ago", () => {
		expect(press(["a", 0], ["g", 10], ["a", 10 + sequencePatienceMs])).toEqual(["free", "begun", "free"]);
		expect(press(["g", 0], ["a", sequencePatienceMs - 1])).toEqual(["begun", "g a"]);
	});

	test("gives up at a key that completes none, and begins anew at a first key", () => {
		expect(press(["g", 0], ["x", 1], ["d", 2])).toEqual(["begun", "free", "free"]);
		expect(press(["g", 0], ["g", 1], ["d", 2])).toEqual(["begun", "begun", "g d"]);
		expect(press(["z", 0], ["g", 1], ["a", 2])).toEqual(["begun", "begun", "g a"]);
	});
});
