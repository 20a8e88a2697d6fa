import type { AbAssessment } from "./ab-report/model";
import type { CheckName, Finding } from "./prompt-checks/finding";

/** Something that speaks against shipping, which whoever ships it all the same has to name in the reason. */
export interface Override {
	/** What the reason has to hold, in one or two lower-case words. */
	name: string;
	/** What it is, as a sentence for the person. */
	sentence: string;
}

/** What a severe finding of each check is called in a reason. */
export const nameOfCheck: Record<CheckName, string> = {
	"hidden-characters": "hidden characters",
	"template-variables": "variables",
	"removed-rules": "rules",
	"copied-content": "copied content",
	"instructions-to-ignore": "instructions",
	"stale-base": "stale base",
	"earlier-candidates": "earlier candidate",
	language: "language",
	"change-size": "change size",
	length: "length",
};

export interface ShippedInput {
	/** The state that it would be shipped from. */
	status: string;
	/** What its A/B report proves; null where there is no report. */
	evidence: AbAssessment | null;
	findings: readonly Pick<Finding, "check" | "severity" | "sentence">[];
}

/**
 * What shipping this would override: no passed test, evidence against it, severe findings (several of one
 * check are one). Empty where nothing speaks against it. A sample that is too small to show anything is no
 * evidence against it.
 */
export function overridesOf({ status, evidence, findings }: ShippedInput): Override[] {
	const overrides: Override[] = [];
	if (evidence === null || status !== "ab_passed") {
		const sentence =
			evidence === null
				? "There is no report of a test of this prompt."
				: "Its A/B test has not been passed.";
		overrides.push({ name: "untested", sentence });
	}
	if (evidence !== null && ["worse", "mixed", "contradictory"].includes(evidence.verdict.kind)) {
		overrides.push({ name: "evidence", sentence: evidence.verdict.sentence });
	}
	const severe = findings.filter(({ severity }) => severity === "severe");
	for (const check of new Set(severe.map((finding) => finding.check))) {
		const [first, ...more] = severe.filter((finding) => finding.check === check);
		if (first === undefined) continue;
		const rest = more.length === 0 ? "" : ` And ${more.length} more like it.`;
		overrides.push({ name: nameOfCheck[check], sentence: `${first.sentence}${rest}` });
	}
	return overrides;
}

/** The names that a reason does not hold, in any case and with any white space between their words. */
export function namesMissing(reason: string, overrides: readonly Override[]): string[] {
	const said = normalize(reason);
	return overrides.map(({ name }) => name).filter((name) => !said.includes(name));
}

/** True when a reason says something besides the names: a list of names is no reason. */
export function saysMoreThanNames(reason: string, overrides: readonly Override[]): boolean {
	let rest = normalize(reason);
	for (const { name } of overrides) rest = rest.replaceAll(name, " ");
	return /[\p{L}\p{N}]/u.test(rest);
}

function normalize(text: string): string {
	return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ");
}
