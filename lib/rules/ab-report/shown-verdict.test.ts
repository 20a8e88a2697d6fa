import { expect, test } from "vitest";
import type { QueueRow } from "../../contract/queue";
import { lightenRow } from "../queue/lighten-row";
import { shownVerdictOf } from "./shown-verdict";

const report = {
	n: 400,
	metrics: {
		correctness: { baseline: 0.6, candidate: 0.89 },
		latency_ms: { baseline: 900, candidate: 910 },
	},
};

test("the main metric stands beside the verdict, with its interval", () => {
	const shown = shownVerdictOf(report, "ab_passed");
	expect(shown).toMatchObject({ kind: "better", metric: "correctness" });
	expect(shown.difference).toBeCloseTo(0.29);
	expect(shown.interval?.map((end) => end[0])).toEqual(["+", "+"]);
	expect(shown.sentence).toContain("correctness");
});

test("what cannot be read has a verdict and no figures", () => {
	expect(shownVerdictOf({ note: "later" }, "ab_passed")).toMatchObject({
		kind: "none",
		metric: null,
		difference: null,
		interval: null,
	});
});

test("a metric's name is cut and what cannot be seen in it is written out", () => {
	const name = `a\u202e${"b".repeat(300)}`;
	const { metric } = shownVerdictOf({ metrics: { [name]: { baseline: 1, candidate: 2 } } }, "ab_passed");
	expect(metric).toContain("U+202E");
	expect(metric?.length).toBeLessThan(140);
});

test("a row goes to the browser without its report, and with what that shows", () => {
	const row = { id: "d1", status: "ab_passed", ab_report: report } as unknown as QueueRow;
	const lightened = lightenRow(row);
	expect(lightened).toEqual({
		id: "d1",
		status: "ab_passed",
		shown_verdict: shownVerdictOf(report, "ab_passed"),
	});
	expect(JSON.parse(JSON.stringify(lightened))).toEqual(lightened);
	const untested = { ...row, ab_report: null };
	expect(lightenRow(untested)).toBe(untested);
});
