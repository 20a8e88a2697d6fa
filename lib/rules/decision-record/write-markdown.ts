import { codePointLength } from "../../contract/characters";
import { autoRollbackActor, autoshipActor } from "../../contract/deployment-status";
import {
	figureInWords,
	pValueInWords,
	roundedInWords,
	signedInWords,
	valueInWords,
} from "../ab-report/in-words";
import type { MetricAssessment } from "../ab-report/model";
import { statusLabel } from "../lifecycle";
import { countInWords, deploymentInWords } from "../prompt-checks/deployment-in-words";
import { type PromptSide, type Severity, severities } from "../prompt-checks/finding";
import { eventInWords, isActOfSomebody } from "../timeline/event-in-words";
import type { TimelineEvent } from "../timeline/timeline";
import { fenced, inline, tableRow } from "./markdown";
import type { DecisionRecord } from "./record";
import { writeJson } from "./write-json";

/**
 * A decision record as a document for people. Prompts, rationale, reasons and the report stand in fenced blocks,
 * letter for letter; every other text of a model or a person is escaped. One line end closes it.
 */
export function writeMarkdown(record: DecisionRecord): string {
	const sections = [
		writeHead(record),
		writeFacts(record),
		["## Rationale", "What the model wrote about its change:", blockOrNone(record.deployment.rationale)],
		["## Verdict of the A/B test", verdictOf(record)],
		writeDecisions(record),
		writeFindings(record),
		writeReport(record),
		writeTimeline(record),
		writeDiff(record),
		writePrompt(record, "current", "Current prompt"),
		writePrompt(record, "proposed", "Proposed prompt"),
	];
	return `${sections.flat().join("\n\n")}\n`;
}

function writeHead({ deployment, exportedAt, exportedBy }: DecisionRecord): string[] {
	const by = exportedBy.name === null ? exportedBy.id : `${exportedBy.name} (${exportedBy.id})`;
	return [
		`# Decision record: ${inline(deploymentInWords(deployment.id))}`,
		`Exported from Countersign on ${secondsOf(exportedAt)} for ${inline(by)}. The JSON export of the same record also holds the answer of the API as it was.`,
	];
}

function writeFacts({ deployment, project, prompts }: DecisionRecord): string[] {
	const { shipped_at, rolled_back_at, regression_metric } = deployment;
	const facts: [name: string, value: string][] = [
		["Project", inline(project.name === null ? project.id : `${project.name} (${project.id})`)],
		["Deployment", inline(deployment.id)],
		["Cluster", inline(deployment.cluster_signature)],
		["Status", inline(statusLabel(deployment.status))],
		["Proposed", secondsOf(deployment.created_at)],
		...(shipped_at ? [["Shipped", secondsOf(shipped_at)] as [string, string]] : []),
		...(rolled_back_at ? [["Rolled back", secondsOf(rolled_back_at)] as [string, string]] : []),
		["Last change", secondsOf(deployment.updated_at)],
		...(typeof regression_metric === "number"
			? [["Rolling metric", figureInWords(regression_metric)] as [string, string]]
			: []),
		["SHA-256 of the current prompt", inline(prompts.current.sha256)],
		["SHA-256 of the proposed prompt", inline(prompts.proposed.sha256)],
	];
	return [
		"## Facts",
		[tableRow(["Fact", "Value"]), tableRow(["---", "---"]), ...facts.map((fact) => tableRow(fact))].join(
			"\n",
		),
	];
}

function verdictOf({ abTest: { report, verdict } }: DecisionRecord): string {
	if (verdict !== null) return `Verdict: ${inline(verdict.sentence)}`;
	return report === null ? "The API holds no report of an A/B test." : "The report was not judged.";
}

const decisionKinds: readonly TimelineEvent["kind"][] = ["approved", "rejected", "rolled_back", "decided"];

function writeDecisions({ timeline, people, deployment }: DecisionRecord): string[] {
	const decisions = timeline.filter(({ kind }) => decisionKinds.includes(kind));
	if (decisions.length === 0) {
		return ["## Decision", `Nobody has decided. The status is: ${inline(statusLabel(deployment.status))}.`];
	}
	return [
		"## Decision",
		...decisions.flatMap((event) => [
			`${eventLine(event, people)}.`,
			event.reason === null ? "No reason is recorded." : fenced(event.reason),
		]),
	];
}

const severityTitles: Record<Severity, string> = { severe: "Severe", warning: "Warnings", note: "Notes" };

function writeFindings({ findings }: DecisionRecord): string[] {
	if (findings.length === 0) return ["## Findings of the checks", "No check had anything to say."];
	return [
		"## Findings of the checks",
		"The checks ran when this record was exported. They warn and never block.",
		...severities.flatMap((severity) => {
			const some = findings.filter((finding) => finding.severity === severity);
			return some.length === 0
				? []
				: [`### ${severityTitles[severity]}`, ...some.flatMap((finding) => writeFinding(finding))];
		}),
	];
}

function writeFinding({ check, sentence, lines, pair }: DecisionRecord["findings"][number]): string[] {
	const places = (["current", "proposed"] as const).flatMap((side) =>
		lines[side].length === 0 ? [] : [`${side} prompt, ${linesInWords(lines[side])}`],
	);
	const where = places.length === 0 ? "" : ` (${places.join("; ")})`;
	return [
		`**${check}**: ${inline(sentence)}${where}`,
		...(pair === null
			? []
			: [fenced([...signed("-", pair.current), ...signed("+", pair.proposed)].join("\n"), "diff")]),
	];
}

function signed(sign: string, text: string | null): string[] {
	return text === null ? [] : text.split(/\r\n|\r|\n/).map((line) => `${sign} ${line}`);
}

const shownLinesMax = 12;

function linesInWords(lines: readonly number[]): string {
	const shown = lines.slice(0, shownLinesMax).join(", ");
	const more = lines.length > shownLinesMax ? ` and ${lines.length - shownLinesMax} more` : "";
	return `${lines.length === 1 ? "line" : "lines"} ${shown}${more}`;
}

function writeReport({ abTest }: DecisionRecord): string[] {
	const { report, metrics, inconsistencies, assumption } = abTest;
	if (report === null) return [];
	const head = [
		"Metric",
		"Current",
		"Proposed",
		"Difference",
		"95 % interval",
		"p, corrected",
		"What it shows",
	];
	const table = [tableRow(head), tableRow(head.map(() => "---")), ...metrics.map(metricRow)].join("\n");
	return [
		"## A/B report",
		...(metrics.length === 0 ? [] : [table]),
		...(assumption === null ? [] : [`Assumption: ${inline(assumption)}`]),
		...inconsistencies.map(({ sentence }) => `Does not fit together: ${inline(sentence)}`),
		"The report as the API holds it:",
		fenced(writeJson(report), "json"),
	];
}

function metricRow({
	metric,
	interval,
	adjustedPValue,
	isShown,
	movement,
	whyNot,
}: MetricAssessment): string {
	return tableRow([
		inline(metric.name),
		inline(valueInWords(metric.baseline)),
		inline(valueInWords(metric.candidate)),
		metric.difference === null ? "–" : signedInWords(metric.difference),
		interval === null ? "–" : `${roundedInWords(interval.low)} to ${roundedInWords(interval.high)}`,
		adjustedPValue === null ? "–" : pValueInWords(adjustedPValue),
		isShown ? movement : inline(whyNot ?? "Not told from chance."),
	]);
}

function writeTimeline({ timeline, timelineGaps, people }: DecisionRecord): string[] {
	const events = timeline.map((event, index) => `${index + 1}. ${eventLine(event, people)}`);
	return ["## Timeline", events.join("\n"), ...timelineGaps.map((gap) => `Note: ${inline(gap)}`)];
}

/** `Rejected on 2026-11-21 09:00:00 UTC by Ines (user_ines)`. */
function eventLine(event: TimelineEvent, people: Readonly<Record<string, string>>): string {
	const when = event.at === null ? ", when is not recorded" : ` on ${secondsOf(event.at)}`;
	if (!isActOfSomebody(event)) return `${inline(eventInWords(event))}${when}`;
	const who = event.actor === null ? ", by whom is not recorded" : ` by ${actorInWords(event.actor, people)}`;
	return `${inline(eventInWords(event))}${when}${who}`;
}

function actorInWords(id: string, people: Readonly<Record<string, string>>): string {
	if (id === autoshipActor) return `autoship (the system, ${inline(id)})`;
	if (id === autoRollbackActor) return `automatic rollback (the system, ${inline(id)})`;
	return inline(Object.hasOwn(people, id) ? `${people[id]} (${id})` : id);
}

function writeDiff({ unifiedDiff }: DecisionRecord): string[] {
	if (unifiedDiff === null) {
		return ["## Difference", "It is too large to be written as a diff; both texts are below."];
	}
	if (unifiedDiff === "") return ["## Difference", "The two prompts are equal, character for character."];
	return ["## Difference", fenced(unifiedDiff, "diff")];
}

function writePrompt({ prompts }: DecisionRecord, side: PromptSide, title: string): string[] {
	const { text } = prompts[side];
	const size = countInWords(codePointLength(text), "character");
	const flaw = text.isWellFormed()
		? ""
		: " It holds a lone surrogate, which no file of text can carry: the exact text is in the JSON export.";
	return [
		`## ${title}`,
		`${size}, letter for letter. The line end before the closing fence is not part of it.${flaw}`,
		fenced(text),
	];
}

function blockOrNone(text: string | null | undefined): string {
	return text ? fenced(text) : "Nothing.";
}

/** To the second in UTC; text that is no date as it came. */
function secondsOf(iso: string): string {
	const time = Date.parse(iso);
	if (Number.isNaN(time)) return inline(iso) || "an unknown moment";
	return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
