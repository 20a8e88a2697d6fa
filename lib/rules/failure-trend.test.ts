import { describe, expect, test } from "vitest";
import type { FailureCluster } from "../contract/failure-cluster";
import { trendInWords, trendsOf } from "./failure-trend";

function cluster(error_message: string, count: number): FailureCluster {
	return {
		error_message,
		count,
		first_seen: "2026-11-20T00:00:00Z",
		last_seen: "2026-11-22T00:00:00Z",
		sample_ids: [],
	};
}

describe("the trend of a cluster", () => {
	test("is what each day counted, and nothing where a day does not name it", () => {
		const all = [cluster("a", 10), cluster("b", 4)];
		const trends = trendsOf(all, {
			lastDay: [cluster("a", 6)],
			dayBefore: [cluster("a", 2), cluster("b", 4)],
		});
		expect(trends.map(({ lastDay, dayBefore }) => [lastDay, dayBefore])).toEqual([
			[6, 2],
			[0, 4],
		]);
		expect(trends.map(trendInWords)).toEqual([
			"▲ 6 in 24 h, 2 in the 24 h before",
			"▼ 0 in 24 h, 4 in the 24 h before",
		]);
	});

	test("is not known of an API that counts everything whatever day is asked for", () => {
		const all = [cluster("a", 10)];
		const [trend] = trendsOf(all, { lastDay: all, dayBefore: all });
		expect(trend).toMatchObject({ lastDay: null, dayBefore: null });
		expect(trend && trendInWords(trend)).toBe("trend not known");
	});

	test("is not known of a cluster that a cut list does not name", () => {
		const many = Array.from({ length: 200 }, (_, index) => cluster(`other ${index}`, 1));
		const [trend] = trendsOf([cluster("a", 10)], { lastDay: many, dayBefore: [] });
		expect(trend).toMatchObject({ lastDay: null, dayBefore: 0 });
	});
});
