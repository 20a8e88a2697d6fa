import { describe, expect, test } from "vitest";
import { readEscalation } from "./escalation";

const gate = { intended_action_type: "retry", requested_payload: { span: "answer" } };
const whyOf = (payload: Record<string, unknown>) => readEscalation({ action_type: "escalate", payload }).why;

describe("readEscalation", () => {
	test("says which gate stopped it, with its counts and its limit, and what was asked for", () => {
		const payload = {
			...gate,
			escalation_reason: "retry_threshold_exceeded",
			retry_count: 3,
			cascade_count: 4,
			max_retry_depth: 3,
		};
		expect(readEscalation({ action_type: "escalate", payload })).toEqual({
			why: "Its trace has had 3 retries, and its project allows 3. In all, 4 actions have tried to mend it.",
			unknownReason: null,
			intendedType: "retry",
			requested: { span: "answer" },
		});
		expect(
			whyOf({
				escalation_reason: "cascade_depth_exhausted",
				retry_count: 1,
				cascade_count: 2,
				max_cascade_depth: 2,
			}),
		).toBe("2 actions have tried to mend its trace, 1 of them by a retry, and its project allows 2.");
	});

	test("leaves out what is not told, and counts nothing that is no count", () => {
		expect(whyOf({ escalation_reason: "retry_threshold_exceeded", retry_count: "3" })).toBe(
			"Its trace has had as many retries as its project allows.",
		);
		expect(
			whyOf({ escalation_reason: "cascade_depth_exhausted", cascade_count: -1, max_cascade_depth: 2.5 }),
		).toBe("As many actions as its project allows have tried to mend its trace.");
	});

	test("hands on a reason that it does not know as it came", () => {
		const read = readEscalation({
			action_type: "escalate",
			payload: { ...gate, escalation_reason: "<b>budget</b>" },
		});
		expect(read).toMatchObject({
			why: "The API parked it for a reason that Countersign does not know.",
			unknownReason: "<b>budget</b>",
		});
	});

	test("of an action that no gate has changed, what was asked for is its own type and payload", () => {
		expect(readEscalation({ action_type: "prompt_modification", payload: { append: "Be brief." } })).toEqual({
			why: "Why it waits for an owner is not recorded.",
			unknownReason: null,
			intendedType: "prompt_modification",
			requested: { append: "Be brief." },
		});
		expect(readEscalation({ action_type: "retry", payload: undefined }).requested).toBeNull();
		expect(
			readEscalation({
				action_type: "escalate",
				payload: { escalation_reason: "x", intended_action_type: 7, requested_payload: ["no object"] },
			}),
		).toMatchObject({ intendedType: "escalate", requested: null });
	});
});
