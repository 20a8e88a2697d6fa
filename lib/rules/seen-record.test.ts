import { expect, test } from "vitest";
import { changesSince, seenStateOf } from "./seen-record";

const proposed = seenStateOf({ status: "ab_passed" });

test("a field that is missing, null or empty is the same record, in whatever form an API sends it", () => {
	const full = { shipped_at: null, rolled_back_at: null, approved_by: null, rejection_reason: "" };
	expect(changesSince(proposed, seenStateOf({ status: "ab_passed", ...full }))).toEqual([]);
});

test("a rolling metric that moves is not a change of what was seen", () => {
	const at = (regression_metric: number, updated_at: string) =>
		seenStateOf({ status: "monitoring", ...{ regression_metric, updated_at } });
	expect(changesSince(at(0.01, "2026-11-22T00:00:00Z"), at(-0.2, "2026-11-22T00:05:00Z"))).toEqual([]);
});

test("what has changed is said in words", () => {
	const shipped = seenStateOf({
		status: "shipped",
		shipped_at: "2026-11-22T00:00:00Z",
		approved_by: "user_1",
	});
	expect(changesSince(proposed, shipped)).toEqual([
		"It was “A/B passed” and is now “Shipped”.",
		"It has been shipped.",
	]);
	expect(changesSince(proposed, seenStateOf({ status: "rejected", rejection_reason: "No." }))).toEqual([
		"It was “A/B passed” and is now “Rejected”.",
	]);
	expect(changesSince(shipped, { ...shipped, approved_by: "user_2" })).toEqual([
		"Who has approved it is another one.",
	]);
	expect(changesSince(proposed, { ...proposed, approved_by: "user_2" })).toEqual([
		"What it says of its decision has changed.",
	]);
});
