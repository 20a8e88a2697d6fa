import type { Deployment } from "../../contract/deployment";
import type { JsonObject } from "../../contract/identifiers";
import type { AbAssessment, Inconsistency, MetricAssessment, Verdict } from "../ab-report/model";
import { bySeverity } from "../prompt-checks/by-severity";
import type { Finding, PromptSide } from "../prompt-checks/finding";
import type { LocatedFinding } from "../prompt-checks/locate";
import type { TimelineEvent } from "../timeline/timeline";

/** A person by id, and by name where the organization still knows one. */
interface NamedPerson {
	id: string;
	name: string | null;
}

interface RecordedPrompt {
	/** Exactly as the API holds it. */
	text: string;
	/** Of its UTF-8 bytes, 64 hexadecimal digits. */
	sha256: string;
}

interface RecordedFinding extends Pick<Finding, "check" | "severity" | "sentence"> {
	/** The lines that it is about on each side, counted from 1, ascending; empty where it is about the whole. */
	lines: Record<PromptSide, number[]>;
	/** Two texts to be read side by side; a side that is gone is null. */
	pair: { current: string | null; proposed: string | null } | null;
}

/** Everything a decision rested on, for who asks a year later. Data that JSON carries without loss. */
export interface DecisionRecord {
	format: "countersign/decision-record";
	version: 1;
	/** RFC 3339. */
	exportedAt: string;
	exportedBy: NamedPerson;
	project: NamedPerson;
	prompts: Record<PromptSide, RecordedPrompt>;
	/** From the current to the proposed prompt, three lines of context; null where it was too large. */
	unifiedDiff: string | null;
	abTest: {
		/** The report as the API holds it; null where there is none. */
		report: JsonObject | null;
		/** What Countersign made of it; null where there is no report. */
		verdict: Verdict | null;
		metrics: readonly MetricAssessment[];
		inconsistencies: readonly Inconsistency[];
		assumption: string | null;
	};
	/** The worst first. */
	findings: readonly RecordedFinding[];
	/** Oldest first. */
	timeline: readonly TimelineEvent[];
	/** What the timeline cannot know of this API, a sentence each. */
	timelineGaps: readonly string[];
	/** Names, at the time of the export, of those whose ids the timeline holds. */
	people: Record<string, string>;
	/** The record as the API answered it, unknown fields too. */
	deployment: Deployment;
}

export interface DecisionRecordInput {
	deployment: Deployment;
	/** Null where the project's name is not known. */
	projectName: string | null;
	/** SHA-256 of each prompt's UTF-8 bytes, in hexadecimal. */
	sha256: Record<PromptSide, string>;
	/** As `unifiedDiffOf` gives it. */
	unifiedDiff: string | null;
	evidence: AbAssessment | null;
	findings: readonly LocatedFinding[];
	timeline: readonly TimelineEvent[];
	timelineGaps: readonly string[];
	/** Names by id; only those that the timeline needs are taken over. */
	people: Readonly<Record<string, string>>;
	/** RFC 3339. */
	exportedAt: string;
	/** Id of the person who asked for it. */
	exportedBy: string;
}

/** Puts together what the record of a decision holds. */
export function makeDecisionRecord(input: DecisionRecordInput): DecisionRecord {
	const { deployment, evidence, people, sha256 } = input;
	const actors = input.timeline.flatMap(({ actor }) => (actor === null ? [] : [actor]));
	const named = actors.filter((id) => Object.hasOwn(people, id)).map((id) => [id, people[id] ?? id] as const);
	return {
		format: "countersign/decision-record",
		version: 1,
		exportedAt: input.exportedAt,
		exportedBy: {
			id: input.exportedBy,
			name: Object.hasOwn(people, input.exportedBy) ? (people[input.exportedBy] ?? null) : null,
		},
		project: { id: deployment.project_id, name: input.projectName },
		prompts: {
			current: { text: deployment.current_prompt, sha256: sha256.current },
			proposed: { text: deployment.proposed_prompt, sha256: sha256.proposed },
		},
		unifiedDiff: input.unifiedDiff,
		abTest: {
			report: deployment.ab_report ?? null,
			verdict: evidence?.verdict ?? null,
			metrics: evidence?.metrics ?? [],
			inconsistencies: evidence?.inconsistencies ?? [],
			assumption: evidence?.assumption ?? null,
		},
		findings: [...input.findings].sort(bySeverity).map(({ check, severity, sentence, parts, pair }) => ({
			check,
			severity,
			sentence,
			lines: { current: linesOf(parts, "current"), proposed: linesOf(parts, "proposed") },
			pair: pair ?? null,
		})),
		timeline: input.timeline,
		timelineGaps: input.timelineGaps,
		people: Object.fromEntries(named),
		deployment,
	};
}

function linesOf(parts: LocatedFinding["parts"], side: PromptSide): number[] {
	const lines = parts.filter((part) => part.side === side).map(({ line }) => line);
	return [...new Set(lines)].sort((one, other) => one - other);
}
