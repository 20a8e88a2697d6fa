import { describe, expect, test } from "vitest";
import type { ActionFailure } from "@/lib/actions/result";
import type { ControlAction } from "@/lib/contract/control-action";
import { decidedInWords, decisionOn, isAsAsked, settleParked } from "./parked-decision";

const parked: ControlAction = {
	id: "a1",
	tenant_id: "t1",
	project_id: "p1",
	action_type: "escalate",
	status: "pending_approval",
	created_at: "2026-11-22T10:00:00.000Z",
	updated_at: "2026-11-22T10:00:00.000Z",
};
const executed: ControlAction = { ...parked, status: "executed", result: { ran: true } };
const failed: ControlAction = { ...parked, status: "failed", result: { executed: false } };
const rejected: ControlAction = { ...parked, status: "failed", result: { rejected_by: "user_1" } };
const neverRead = () => Promise.reject(new Error("nothing had to be read again"));
const failure = (code: string, outcome: ActionFailure["outcome"] = "refused") =>
	({ ok: false, error: { code, message: "No.", outcome } }) as const;

describe("settleParked", () => {
	test.each([
		["approve", executed],
		["approve", failed],
		["approve", { ...parked, status: "pending" }],
		["reject", rejected],
	] as const)("believes an answer to %s that is this action and no longer parked", async (decision, data) => {
		expect(await settleParked(decision, "a1", { ok: true, data }, neverRead)).toEqual({
			kind: "decided",
			decision,
			action: data,
		});
	});

	test.each([
		["approve", { ...executed, id: "a2" }],
		["approve", parked],
		["reject", executed],
	] as const)("takes any other answer to %s as not known, and looks", async (decision, data) => {
		expect(await settleParked(decision, "a1", { ok: true, data }, async () => executed)).toMatchObject({
			kind: "unknown",
			now: executed,
		});
	});

	test("takes a lost answer as not known, also when the action cannot be read either", async () => {
		const lost = failure("lost_answer", "unknown");
		expect(await settleParked("approve", "a1", lost, async () => null)).toEqual({
			kind: "unknown",
			decision: "approve",
			failure: lost.error,
			now: null,
		});
	});

	test("tells a decision that came too late from a refusal", async () => {
		const late = await settleParked("approve", "a1", failure("already_decided"), async () => rejected);
		expect(late).toMatchObject({ kind: "conflict", now: rejected });
		expect((await settleParked("reject", "a1", failure("http_409"), async () => null)).kind).toBe("conflict");
		const stopped = await settleParked("approve", "a1", failure("error.kill_switch_active"), neverRead);
		expect(stopped.kind).toBe("refused");
	});
});

test("what somebody else decided is read from the action, and not guessed where it does not tell", () => {
	expect([rejected, executed, { ...parked, status: "pending" }, failed, parked].map(decisionOn)).toEqual([
		"reject",
		"approve",
		"approve",
		null,
		null,
	]);
});

test("an action that was read again is as it was asked for where its state tells so, and only there", () => {
	const all = [rejected, executed, failed, parked];
	expect(all.map((action) => isAsAsked("reject", action))).toEqual([true, false, false, false]);
	expect(all.map((action) => isAsAsked("approve", action))).toEqual([false, true, false, false]);
});

test("an approval that ran, one that failed and one that goes on are told apart", () => {
	expect(decidedInWords("reject", rejected)).toBe("Rejected. It did not run.");
	expect(decidedInWords("approve", executed)).toBe("Approved, and it ran.");
	expect(decidedInWords("approve", failed)).toBe("Approved, but it did not succeed. Nothing was run.");
	expect(decidedInWords("approve", { ...parked, status: "pending" })).toContain("has not ended yet");
});
