import { describe, expect, test } from "vitest";
import { controlActionTypes } from "../contract/control-action-types";
import { trippedGate } from "./safety-gates";

const limits = { maxRetryDepth: 3, maxCascadeDepth: 5 };
const cascade = "cascade_depth_exhausted";
const retry = "retry_threshold_exceeded";

describe("the safety gates", () => {
	test.each([
		["retry", 0, 0, null],
		["retry", 2, 4, null],
		["retry", 3, 4, retry],
		["retry", 2, 5, cascade],
		["retry", 3, 5, cascade],
		["retry", 9, 9, cascade],
		["fallback_model", 3, 4, null],
		["fallback_model", 3, 5, cascade],
		["prompt_modification", 3, 4, null],
		["prompt_modification", 0, 5, cascade],
		["agent_action", 9, 9, null],
		["escalate", 9, 9, null],
	] as const)("%s after %i retries and %i remediations: %s", (type, retryCount, cascadeCount, expected) => {
		expect(trippedGate(type, { retryCount, cascadeCount }, limits)).toBe(expected);
	});

	test("the smallest limits let exactly one through", () => {
		const smallest = { maxRetryDepth: 1, maxCascadeDepth: 1 };
		for (const type of controlActionTypes) {
			expect(trippedGate(type, { retryCount: 0, cascadeCount: 0 }, smallest)).toBeNull();
		}
		expect(trippedGate("retry", { retryCount: 1, cascadeCount: 1 }, smallest)).toBe(cascade);
	});
});
