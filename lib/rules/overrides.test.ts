import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessAbReport } from "./ab-report/assess";
import { namesMissing, overridesOf, saysMoreThanNames } from "./overrides";
import { checkNames, severities } from "./prompt-checks/finding";

const better = assessAbReport(
	{ correctness_baseline: 0.42, correctness_candidate: 0.71, sample_size: 80 },
	"ab_passed",
);
const worse = assessAbReport(
	{ correctness_baseline: 0.71, correctness_candidate: 0.42, sample_size: 80 },
	"ab_passed",
);
const tooSmall = assessAbReport(
	{ correctness_baseline: 0.5, correctness_candidate: 0.55, sample_size: 20 },
	"ab_passed",
);
const severe = { check: "removed-rules", severity: "severe", sentence: "A rule is weaker." } as const;

describe("what shipping overrides", () => {
	test("nothing, after a passed test that shows it better, without a severe finding", () => {
		const findings = [{ ...severe, severity: "warning" } as const];
		expect(overridesOf({ status: "ab_passed", evidence: better, findings })).toEqual([]);
	});

	test("a sample that is too small to show anything is not evidence against it", () => {
		expect(overridesOf({ status: "ab_passed", evidence: tooSmall, findings: [] })).toEqual([]);
	});

	test.each([
		["never tested", { status: "proposed", evidence: null }, ["untested"]],
		["passed, it is said, and no report", { status: "ab_passed", evidence: null }, ["untested"]],
		[
			"a report of a test that is not said to be passed",
			{ status: "proposed", evidence: better },
			["untested"],
		],
		["passed, it is said, and worse", { status: "ab_passed", evidence: worse }, ["evidence"]],
	])("%s", (_, { status, evidence }, names) => {
		const overrides = overridesOf({ status, evidence, findings: [] });
		expect(overrides.map(({ name }) => name)).toEqual(names);
	});

	test("several severe findings of one check have one name, and the count is said", () => {
		const overrides = overridesOf({
			status: "ab_passed",
			evidence: better,
			findings: [severe, severe, severe],
		});
		expect(overrides).toEqual([{ name: "rules", sentence: "A rule is weaker. And 2 more like it." }]);
	});

	test("every check that may find something severe has a name of its own", () => {
		const findings = checkNames.map((check) => ({ ...severe, check }));
		const names = overridesOf({ status: "ab_passed", evidence: better, findings }).map(({ name }) => name);
		expect(new Set(names).size).toBe(checkNames.length);
	});
});

describe("a reason for overriding", () => {
	const overrides = overridesOf({
		status: "proposed",
		evidence: null,
		findings: [severe, { ...severe, check: "hidden-characters" }],
	});

	test("has to name each of them, in any case and spacing", () => {
		expect(namesMissing("", overrides)).toEqual(["untested", "rules", "hidden characters"]);
		expect(namesMissing("Untested, but the RULES were wrong.", overrides)).toEqual(["hidden characters"]);
		expect(namesMissing("untested; rules; Hidden\n characters are a flag emoji", overrides)).toEqual([]);
	});

	test("is more than the names", () => {
		expect(saysMoreThanNames("untested, rules, hidden characters.", overrides)).toBe(false);
		expect(saysMoreThanNames("untested, rules, hidden characters: legal asked for it", overrides)).toBe(true);
	});

	test("that holds all names misses none, whatever stands between them", () => {
		const finding = fc.record({
			check: fc.constantFrom(...checkNames),
			severity: fc.constantFrom(...severities),
			sentence: fc.string(),
		});
		fc.assert(
			fc.property(fc.array(finding), fc.array(fc.string()), (findings, between) => {
				const all = overridesOf({ status: "proposed", evidence: null, findings });
				const reason = all.map(({ name }, index) => `${name} ${between[index] ?? ""}`).join(" ");
				expect(namesMissing(reason, all)).toEqual([]);
			}),
			{ numRuns: 50 },
		);
	});
});
