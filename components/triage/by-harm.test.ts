import { expect, test } from "vitest";
import { byHarm } from "./by-harm";

test("the deepest fall comes first, what is not measured last, and equals stay as they came", () => {
	const rows = [
		{ id: "unknown", regression_metric: null },
		{ id: "light", regression_metric: -0.01 },
		{ id: "worst", regression_metric: -0.3 },
		{ id: "better", regression_metric: 0.02 },
		{ id: "missing" },
		{ id: "broken", regression_metric: Number.NaN },
		{ id: "also light", regression_metric: -0.01 },
	];
	expect(byHarm(rows).map(({ id }) => id)).toEqual([
		"worst",
		"light",
		"also light",
		"better",
		"unknown",
		"missing",
		"broken",
	]);
});
