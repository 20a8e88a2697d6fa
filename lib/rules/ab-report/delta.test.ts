import { expect, test } from "vitest";
import { readDelta } from "./delta";

test.each([
	[0.29, 0.42, 0.71, "difference"],
	[0.7, 60.2, 60.9, "difference"],
	[0.3, 0.42, 0.71, "difference"],
	[-0.088, 0.6, 0.51234, "difference"],
	[143, 812.4, 955.1, "difference"],
	[0, 0.5, 0.5, "difference"],
	[0.69, 0.42, 0.71, "relative"],
	[18.75, 800, 950, "relative"],
	[29, 0.42, 0.71, "points"],
	[0.1, 0.5, 0.7, "other"],
	[0.1, 0.6, 0.5, "other"],
	[-0.01, 0.6, 0.61, "other"],
	[0, 0.42, 0.71, "other"],
	[0, 0, 1, "other"],
	[0.12, 0.86, 0.88, "other"],
])("a delta of %d for %d → %d is read as %s", (delta, baseline, candidate, reading) => {
	expect(readDelta(delta, baseline, candidate)).toBe(reading);
});
