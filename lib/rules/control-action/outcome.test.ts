import { describe, expect, test } from "vitest";
import { isSettled, notesOf, outcomeOf, rejectionOf } from "./outcome";

describe("outcomeOf", () => {
	test.each([
		["pending", null, "It was started and has not ended yet.", null],
		["pending_approval", null, "It waits for an owner and has not run.", null],
		["executed", { message: "done" }, "It ran.", "done"],
		["failed", { error: "529, overloaded" }, "It failed.", "529, overloaded"],
		["failed", { executed: false, error: "No executor." }, "Nothing was run.", "No executor."],
		["failed", { outcome: "unknown" }, "It broke off. Whether it took effect is not known.", null],
		["failed", { rejected_by: "user_1", reason: "Not now." }, "It was rejected and never ran.", "Not now."],
		["failed", { rejected_by: "user_1", reason: "" }, "It was rejected and never ran.", null],
		["paused", { error: 7 }, "Countersign does not know this state.", null],
	])("says of %s with %j: %s", (status, result, sentence, said) => {
		expect(outcomeOf({ status, result })).toEqual({ sentence, said });
	});

	test("takes nothing that the result only inherits, and no rejection by nobody", () => {
		expect(outcomeOf({ status: "failed", result: Object.create({ error: "no" }) }).said).toBeNull();
		expect(rejectionOf({ status: "failed", result: { rejected_by: "" } })).toBeNull();
		expect(rejectionOf({ status: "failed", result: undefined })).toBeNull();
		expect(rejectionOf({ status: "executed", result: { rejected_by: "user_1" } })).toBeNull();
	});
});

test("only what was executed or has failed stays as it is", () => {
	const all = ["pending", "pending_approval", "executed", "failed", "paused"];
	expect(all.filter(isSettled)).toEqual(["executed", "failed"]);
});

test("notes are the texts of a list of that name, and nothing else", () => {
	expect(notesOf({ notes: ["A stand-in answered.", 3, "", "No prompt was sent."] })).toEqual([
		"A stand-in answered.",
		"No prompt was sent.",
	]);
	expect([
		notesOf(null),
		notesOf({ notes: "one" }),
		notesOf({}),
		notesOf(Object.create({ notes: ["x"] })),
	]).toEqual([[], [], [], []]);
	expect(notesOf({ notes: Array.from({ length: 99 }, () => "again") })).toHaveLength(10);
});
