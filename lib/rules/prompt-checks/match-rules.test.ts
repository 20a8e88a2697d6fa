import { describe, expect, test } from "vitest";
import { checkRemovedRules } from "./removed-rules";

function said(current: string, proposed: string): string[] {
	return checkRemovedRules({ current, proposed }).map(({ severity, sentence }) => `${severity}: ${sentence}`);
}

describe("among lines of the same words", () => {
	const lines = (count: number, fortieth: string) =>
		Array.from({ length: count }, (_, index) =>
			index === 39 ? fortieth : `Never send invoice ${index + 1} to customers before it is paid.`,
		).join("\n");
	const rule = "Never send invoice 40 to customers before it is paid.";

	test.each<[what: string, changed: string, sentences: string[]]>([
		["a rule that is as strong", `Please ${rule.toLowerCase()}`, []],
		[
			"a rule that lost its never",
			"Send invoice 40 to customers before it is paid.",
			["severe: A rule says the opposite now: “Never send invoice 40 to customers before it is paid”."],
		],
		[
			"a rule with another number",
			"Please never send invoice 9040 to customers before it is paid.",
			[
				"warning: A rule has another number: 40 became 9040, in “Please never send invoice 9040 to customers before it is paid”.",
			],
		],
		[
			"a rule that is gone",
			"",
			["warning: A rule is gone: “Never send invoice 40 to customers before it is paid”."],
		],
	])("the changed one is paired with its own place: %s", (_, changed, sentences) => {
		expect(said(lines(50, rule), lines(50, changed))).toEqual(sentences);
	});

	test("each is paired with its own where all are changed", () => {
		const changed = lines(50, rule).replaceAll("Never", "Please never");
		expect(said(lines(50, rule), changed)).toEqual([]);
		expect(said(lines(50, rule), changed.replace("Please never send invoice 40", "Send invoice 40"))).toEqual(
			["severe: A rule says the opposite now: “Never send invoice 40 to customers before it is paid”."],
		);
	});

	test("20,000 of them do not hold it up", () => {
		const began = performance.now();
		expect(said(lines(20_000, rule), lines(20_000, `Please ${rule.toLowerCase()}`))).toEqual([]);
		expect(performance.now() - began).toBeLessThan(5_000);
		const all = lines(20_000, rule).replaceAll("Never", "Please never");
		expect(said(lines(20_000, rule), all)).toEqual([]);
		expect(performance.now() - began).toBeLessThan(15_000);
	});

	test("a rule is gone though its neighbour, which stays, has most of its words", () => {
		expect(
			said(
				"Never send red lamps to customers.\nAvoid sending lamps to customers.",
				"Avoid sending lamps to customers.",
			),
		).toEqual(["warning: A rule is gone: “Never send red lamps to customers”."]);
	});

	test("a rule is kept by a neighbour that stays and says all of it", () => {
		expect(
			said(
				"Never guess a delivery date.\nNever guess a delivery date or a price.",
				"Never guess a delivery date or a price.",
			),
		).toEqual([]);
	});
});
