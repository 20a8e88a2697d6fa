import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../contract/identifiers";
import { assessAbReport } from "./assess";

const verdictOf = (report: JsonObject) => assessAbReport(report, "shipped").verdict;
const metric = (name: string, baseline: number, candidate: number): JsonObject => ({
	[`${name}_baseline`]: baseline,
	[`${name}_candidate`]: candidate,
});

const names = ["correctness", "helpfulness", "recall", "pass_rate", "coherence"];

describe("a simulated test", () => {
	test.each([1, 5])(
		"without an effect, of %d metrics, is called better in at most 5 % of 10,000 reports",
		(count) => {
			const random = seeded(20_261_121 + count);
			const kinds = new Map<string, number>();
			for (let round = 0; round < 10_000; round += 1) {
				const cases = 20 + Math.floor(random() * 180);
				const report: JsonObject = { sample_size: cases };
				for (const name of names.slice(0, count)) {
					const share = 0.05 + 0.9 * random();
					Object.assign(report, metric(name, draw(share, cases, random), draw(share, cases, random)));
				}
				const { kind } = verdictOf(report);
				kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
			}
			const better = (kinds.get("better") ?? 0) / 10_000;
			expect(better).toBeLessThan(0.05);
			// A judge that never speaks would pass as well; 5 % two-sided leaves about 2.5 % for this side.
			expect(better).toBeGreaterThan(0.01);
			expect((kinds.get("worse") ?? 0) / 10_000).toBeLessThan(0.05);
			expect(kinds.get("contradictory")).toBeUndefined();
		},
		// 10,000 reports are a few seconds' work, and a busy machine may take many times that.
		120_000,
	);

	test("with coarsely rounded rates of many cases and no effect is hardly ever called better", () => {
		const random = seeded(7);
		let better = 0;
		for (let round = 0; round < 300; round += 1) {
			const share = 0.3 + 0.4 * random();
			const rate = () => Number(draw(share, 20_000, random).toFixed(2));
			if (verdictOf({ ...metric("correctness", rate(), rate()), n: 20_000 }).kind === "better") better += 1;
		}
		expect(better).toBeLessThanOrEqual(15);
	});

	test("with a large effect is called better, in one metric and in one among five", () => {
		const random = seeded(3);
		let found = 0;
		for (let round = 0; round < 500; round += 1) {
			const report: JsonObject = { sample_size: 80 };
			Object.assign(report, metric("correctness", draw(0.42, 80, random), draw(0.71, 80, random)));
			for (const name of ["helpfulness", "recall", "pass_rate", "coherence"].slice(0, (round % 2) * 4)) {
				Object.assign(report, metric(name, draw(0.6, 80, random), draw(0.6, 80, random)));
			}
			if (verdictOf(report).kind === "better") found += 1;
		}
		expect(found / 500).toBeGreaterThan(0.85);
	});
});

/** The observed rate of so many cases, to four decimals as reports print it. */
function draw(share: number, cases: number, random: () => number): number {
	let successes = 0;
	for (let index = 0; index < cases; index += 1) if (random() < share) successes += 1;
	return Number((successes / cases).toFixed(4));
}

/** Marsaglia's xorshift with 32 bits: the same run every time. */
function seeded(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}
