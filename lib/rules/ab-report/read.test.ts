import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../contract/identifiers";
import type { AbReport } from "./model";
import { readAbReport } from "./read";

const figuresOf = (report: AbReport) =>
	report.metrics.map(({ name, baseline, candidate, delta }) => [name, baseline, candidate, delta]);
const casesOf = (report: JsonObject) => readAbReport(report).metrics.map(({ cases }) => cases);
const both = (cases: number | null) => ({ baseline: cases, candidate: cases });

describe("readAbReport", () => {
	test("reads the known shape of the contract", () => {
		expect(
			readAbReport({
				correctness_baseline: 0.42,
				correctness_candidate: 0.71,
				correctness_delta: 0.29,
				sample_size: 80,
			}),
		).toEqual({
			metrics: [
				{
					name: "correctness",
					baseline: 0.42,
					candidate: 0.71,
					delta: 0.29,
					difference: 0.29,
					deltaReading: "difference",
					isDeltaContradicted: false,
					cases: both(80),
				},
			],
			sampleSize: 80,
			cases: both(80),
			rest: [],
			faults: [],
		});
	});

	test("keeps several metrics apart and everything else as it is", () => {
		const report = readAbReport({
			latency_ms_baseline: 800,
			latency_ms_candidate: 950,
			tone_baseline: 1,
			tone_candidate: "high",
			lonely_delta: 3,
			sample_size: "eighty",
			judge: { model: "x" },
		});
		expect(report.metrics.map(({ name, difference }) => [name, difference])).toEqual([
			["latency_ms", 150],
			["tone", null],
		]);
		expect(report.sampleSize).toBeNull();
		expect(report.rest.map(({ key }) => key)).toEqual(["lonely_delta", "sample_size", "judge"]);
	});

	test.each<[string, JsonObject]>([
		["control and treatment", { x_control: 1, x_treatment: 2, x_delta: 1 }],
		["before and after", { x_before: 1, x_after: 2, x_diff: 1 }],
		["current and proposed", { x_current: 1, x_proposed: 2, x_change: 1 }],
		["camel case", { xBaseline: 1, xCandidate: 2, xDelta: 1 }],
		["dots", { "x.baseline": 1, "x.candidate": 2, "x.delta": 1 }],
		["an object of its own", { x: { baseline: 1, candidate: 2, delta: 1 } }],
		["an object of its own, other words", { x: { Before: 1, After: 2, difference: 1 } }],
		["an object per arm", { baseline: { x: 1 }, candidate: { x: 2 }, delta: { x: 1 } }],
		[
			"metrics in an object per arm",
			{ control: { metrics: { x: 1 } }, treatment: { metrics: { x: 2 } }, delta: { metrics: { x: 1 } } },
		],
		["a list", { metrics: [{ name: "x", baseline: 1, candidate: 2, delta: 1 }] }],
		["an object in a container", { metrics: { x: { baseline: 1, candidate: 2, delta: 1 } } }],
		["suffixes in a container", { results: { x_baseline: 1, x_candidate: 2, x_delta: 1 } }],
	])("reads %s", (_, report) => {
		const read = readAbReport(report);
		expect(figuresOf(read)).toEqual([["x", 1, 2, 1]]);
		expect(read.rest).toEqual([]);
	});

	test("reads a prefix, and an arm that is an object with its own size", () => {
		expect(figuresOf(readAbReport({ baseline_x: 1, candidate_x: 2, beforeY: 3, afterY: 4 }))).toEqual([
			["x", 1, 2, undefined],
			["y", 3, 4, undefined],
		]);
		const report = { x: { baseline: { mean: 0.4, n: 80 }, candidate: { mean: 0.7, n: 90 } } };
		expect(figuresOf(readAbReport(report))).toEqual([["x", 0.4, 0.7, undefined]]);
		expect(casesOf(report)).toEqual([{ baseline: 80, candidate: 90 }]);
	});

	test("reads one metric without a name, and with one beside it", () => {
		expect(figuresOf(readAbReport({ baseline: 1, candidate: 2 }))[0]?.[0]).toBe("result");
		expect(figuresOf(readAbReport({ metric: "x", baseline: 1, candidate: 2 }))[0]?.[0]).toBe("x");
	});

	test("names a metric of a segment by its path, and does not lend it the size of the whole", () => {
		const report = { sample_size: 80, segments: { de: { correctness: { baseline: 0.4, candidate: 0.5 } } } };
		expect(figuresOf(readAbReport(report))[0]?.[0]).toBe("segments.de.correctness");
		expect(casesOf(report)).toEqual([both(null)]);
	});

	test("does not make metrics of texts that only sound like arms", () => {
		const report = {
			baseline_run: "2024-08-15-a",
			candidate_run: "2024-08-15-b",
			edit_format: { baseline: "Markdown", candidate: "JSON" },
			current_prompt: "a",
			proposed_prompt: "b",
			before_hours_calls: 4,
		};
		const read = readAbReport(report);
		expect(read.metrics).toEqual([]);
		expect(read.faults).toEqual([]);
		expect(Object.fromEntries(read.rest.map(({ key, value }) => [key, value]))).toEqual(report);
	});

	test("does not mix the words of two pairs", () => {
		expect(readAbReport({ x_before: 1, x_candidate: 2 }).metrics).toEqual([]);
	});

	test.each<[string, JsonObject, number | null, number | null]>([
		["sample_size", { sample_size: 80 }, 80, 80],
		["n", { n: 80 }, 80, 80],
		["num_cases", { num_cases: 80 }, 80, 80],
		["testCases", { testCases: 80 }, 80, 80],
		["each arm", { sample_size_baseline: 80, sample_size_candidate: 90 }, 80, 90],
		["each arm, by prefix", { baseline_n: 80, candidate_n: 90 }, 80, 90],
		["each arm and their sum", { n_baseline: 80, n_candidate: 90, n: 170 }, 80, 90],
		["one arm alone", { n_baseline: 80 }, 80, null],
		["nothing", {}, null, null],
		["zero", { sample_size: 0 }, null, null],
		["less than zero", { n: -3 }, null, null],
		["a fraction", { n: 80.5 }, null, null],
		["a text", { n: "80" }, null, null],
		["a list of cases", { cases: [1, 2] }, null, null],
	])("takes the size from %s", (_, sizes, baseline, candidate) => {
		const read = readAbReport({ x_baseline: 1, x_candidate: 2, ...sizes });
		expect(read.cases).toEqual({ baseline, candidate });
		expect(read.metrics[0]?.cases).toEqual({ baseline, candidate });
		expect(read.faults.filter(({ kind }) => kind === "sizes")).toEqual([]);
	});

	test("takes the smaller of two sizes and says so, and keeps the other in sight", () => {
		const read = readAbReport({ sample_size: 100, n: 80 });
		expect(read.sampleSize).toBe(80);
		expect(read.faults).toEqual([{ kind: "sizes", used: 80, others: [{ key: "sample_size", value: 100 }] }]);
		expect(read.rest).toEqual([{ key: "sample_size", value: 100 }]);
	});

	test("takes a metric's own size before that of the report", () => {
		const arms = { baseline: 1, candidate: 2 };
		expect(casesOf({ n: 80, x: { ...arms, n: 20 } })).toEqual([both(20)]);
		expect(casesOf({ n: 80, x_baseline: 1, x_candidate: 2, x_n: 20 })).toEqual([both(20)]);
		expect(casesOf({ metrics: [{ name: "x", ...arms }], n: 80 })).toEqual([both(80)]);
	});

	test("leaves a second metric of the same name where it is and says so", () => {
		const read = readAbReport({ x_baseline: 1, x_candidate: 2, x: { baseline: 1, candidate: 3 } });
		expect(figuresOf(read)).toEqual([["x", 1, 2, undefined]]);
		expect(read.faults).toEqual([{ kind: "repeated", name: "x", isSame: false }]);
		expect(read.rest.map(({ key }) => key)).toEqual(["x"]);
	});

	test("is not led astray by the names of prototypes", () => {
		const report = JSON.parse(
			'{"__proto__": {"baseline": 1, "candidate": 2}, "constructor_baseline": 1, "constructor_candidate": 2, "toString": {"__proto__": 3}}',
		);
		const read = readAbReport(report);
		expect(figuresOf(read).map(([name]) => name)).toEqual(["constructor", "__proto__"]);
		expect(read.rest.map(({ key }) => key)).toEqual(["toString"]);
		expect(Object.getPrototypeOf({})).toBe(Object.prototype);
	});

	test("loses no value of any report", () => {
		fc.assert(
			fc.property(anyReport, (report) => {
				const { metrics, cases, rest } = readAbReport(report);
				const shown = new Set(leavesOf([metrics.map((one) => ({ ...one })), cases, rest]));
				// What a metric of a list is called stands at the end of its path.
				const isCalled = (leaf: unknown) => metrics.some(({ name }) => name.endsWith(`.${leaf}`));
				for (const leaf of leavesOf(report)) expect(shown.has(leaf) || isCalled(leaf)).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});

	test("keeps the name of a metric in a list that stands deep", () => {
		const report = { x: { x: { x: [{ candidate: "", name: " ", baseline: 0 }] } } };
		expect(readAbReport(report).metrics.map(({ name }) => name)).toEqual(["x.x.x. "]);
	});

	test("loses no key on the top level of any report", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (report) => {
				const { metrics, rest, sampleSize } = readAbReport(report);
				if (metrics.length === 0 && sampleSize === null) {
					expect(rest).toEqual(Object.entries(report).map(([key, value]) => ({ key, value })));
				}
			}),
		);
	});
});

/** Words of reports in every arrangement, with values that are all different. */
const word = fc.constantFrom(
	...[
		"x",
		"correctness",
		"baseline",
		"candidate",
		"delta",
		"before",
		"after",
		"metrics",
		"n",
		"name",
		"mean",
	],
	...["x_baseline", "x_candidate", "x_delta", "xBaseline", "sample_size", "baseline_x", "candidate_x", "x_n"],
	...["n_baseline", "n_candidate", "__proto__", "segments"],
);
const { node: anyNode } = fc.letrec((tie) => ({
	node: fc.oneof(
		{ maxDepth: 4 },
		fc.oneof(fc.integer({ min: -5, max: 1e6 }), fc.double(), fc.string(), fc.constant(null)),
		fc.dictionary(word, tie("node"), { maxKeys: 5 }),
		fc.array(tie("node"), { maxLength: 3 }),
	),
}));
const anyReport = fc.dictionary(word, anyNode, { maxKeys: 6 });

function leavesOf(value: unknown): unknown[] {
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}
