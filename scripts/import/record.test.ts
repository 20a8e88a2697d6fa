import { expect, test } from "vitest";
import { readRecord } from "./record";

const whole = {
	project: "Support",
	cluster_signature: "sha256:abc",
	current_prompt: "You help.",
	proposed_prompt: "You help well.",
	rationale: "Says how.",
	status: "proposed",
};
const report = { correctness_baseline: 0.4, correctness_candidate: 0.7, sample_size: 80 };

function faultsOf(changes: Record<string, unknown>, without: string[] = []): string[] {
	const record = Object.entries({ ...whole, ...changes }).filter(([key]) => !without.includes(key));
	return faultsIn(JSON.stringify(Object.fromEntries(record)));
}

function faultsIn(text: string): string[] {
	const read = readRecord(text);
	return "faults" in read ? read.faults.map(({ field, message }) => `${field}: ${message}`) : [];
}

test("a record is read whole, without its provenance", () => {
	const line = { ...whole, status: "ab_passed", ab_report: report, source: { commit: "abc" } };
	const { project, ...deployment } = { ...whole, status: "ab_passed", ab_report: report };
	expect(readRecord(JSON.stringify(line))).toEqual({ record: { project, deployment } });
});

test("a report may be absent, null or of any shape", () => {
	expect(faultsOf({ ab_report: null })).toEqual([]);
	expect(faultsOf({ status: "ab_failed", ab_report: { anything: [1, { deep: null }] } })).toEqual([]);
});

test.each([
	["{oops", "record: is not valid JSON"],
	["[1]", "record: must be a JSON object, not a list"],
	["null", "record: must be a JSON object, not null"],
	['"text"', "record: must be a JSON object, not text"],
	["3", "record: must be a JSON object, not a number"],
])("what is no record is named: %s", (text, fault) => {
	expect(faultsIn(text)).toEqual([fault]);
});

test.each(["project", "cluster_signature", "current_prompt", "proposed_prompt", "rationale", "status"])(
	"a record without %s is refused",
	(field) => {
		expect(faultsOf({}, [field])).toEqual([`${field}: is missing`]);
	},
);

test.each([
	[{ project: " " }, "project: must hold a visible character"],
	[{ project: 7 }, "project: must be text, not a number"],
	[{ cluster_signature: "" }, "cluster_signature: must not be empty"],
	[{ proposed_prompt: "" }, "proposed_prompt: must not be empty"],
	[{ rationale: null }, "rationale: must be text, not null"],
	[{ current_prompt: "a\u0000" }, "current_prompt: must not hold the character U+0000"],
	[{ proposed_prompt: "p".repeat(1_300_001) }, "proposed_prompt: must be at most 1,300,000 characters"],
	[{ status: "shipped" }, "status: must be proposed, ab_passed or ab_failed"],
	[{ ab_report: report }, "status: must be ab_passed or ab_failed when ab_report is given"],
	[{ status: "ab_passed" }, "ab_report: must be given when status says how the A/B test ended"],
	[{ status: "ab_failed", ab_report: [1] }, "ab_report: must be a JSON object, not a list"],
	[{ source: "a link" }, "source: must be a JSON object, not text"],
	[{ note: "x" }, "note: is not known here"],
	[{ project_id: "00000000-0000-4000-8000-000000000000" }, "project_id: is not known here"],
])("a wrong field is named, with what is wrong: %o", (changes, fault) => {
	expect(faultsOf(changes)).toEqual([fault]);
});

test("every fault of a record is said, those between two fields too", () => {
	const faults = faultsOf({ current_prompt: 1, status: "ab_passed", extra: 1 }, ["project"]);
	expect(faults.sort()).toEqual([
		"ab_report: must be given when status says how the A/B test ended",
		"current_prompt: must be text, not a number",
		"extra: is not known here",
		"project: is missing",
	]);
});

test("a figure that would be sent as null is refused, with its place", () => {
	const line = JSON.stringify({ ...whole, status: "ab_passed", ab_report: { cost: { mean: "HERE" } } });
	expect(faultsIn(line.replace('"HERE"', "1e999"))).toEqual([
		"ab_report.cost.mean: is a number that is too large",
	]);
});

test("a report that is nested beyond all measure is refused", () => {
	const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
	const line = JSON.stringify({ ...whole, status: "ab_passed", ab_report: "HERE" });
	expect(faultsIn(line.replace('"HERE"', deep))).toEqual(["ab_report: is nested too deeply"]);
});
