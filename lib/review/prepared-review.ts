import type { DehydratedState } from "@tanstack/react-query";
import type { AbAssessment } from "../rules/ab-report/model";
import type { EarlierCandidate } from "../rules/prompt-checks/earlier-candidates";
import type { LineMarks, LocatedFinding } from "../rules/prompt-checks/locate";
import type { PromptDiff } from "../rules/prompt-diff/model";

/** The comparisons that the reviewer of a stale proposal needs besides the one that was proposed. */
export interface ThreeWayPicture {
	liveDeploymentId: string;
	/** From what it was proposed from to what is live now. */
	sinceProposed: PromptDiff;
	/** From what is live now to what was proposed: what approving would really change. */
	whatChanges: PromptDiff;
}

/** What the two texts show by themselves, and where it is to be marked. */
export interface ReadFindings {
	findings: readonly LocatedFinding[];
	marks: LineMarks;
}

/** What other records, and the tokenizer, have to say. */
export interface ContextFindings {
	findings: readonly LocatedFinding[];
	/** Of prompts too long to be looked at before the first paint; else null. */
	read: ReadFindings | null;
	threeWay: ThreeWayPicture | null;
	/** Of the same cluster, newest first. */
	candidates: readonly EarlierCandidate[];
	/** Whether the current prompt of the comparison is what is live, as far as that is known. */
	base: "same" | "stale" | "unknown";
}

/** What the API keeps of what a person does here, beyond the contract. */
interface KeptByApi {
	/** The reason of an approval, in the record of its decision. */
	approveReason: boolean;
	/** From which deployment a control action was asked for. */
	actionOrigin: boolean;
}

/** What the server has worked out of a deployment's prompts; the browser draws it. */
export interface PreparedReview {
	/** `updated_at` of the record that it was worked out from. */
	updatedAt: string;
	/** Another one for other texts or another report: what was unfolded of the old ones must not stay. */
	contentKey: string;
	diff: PromptDiff;
	/** The parts of the comparison behind those of `diff`. */
	rest: Promise<PromptDiff["parts"]> | null;
	/** Null when it comes with `later`. */
	read: ReadFindings | null;
	/** What the A/B report proves; null where there is none. */
	evidence: AbAssessment | null;
	later: Promise<ContextFindings>;
	/** What was decided about it, as the answers of reads; nobody sees the timeline first. */
	history: Promise<DehydratedState>;
	keeps: KeptByApi;
}

/** Which comparison is on screen. */
export type ShownComparison =
	| { kind: "proposed" }
	| { kind: "live-to-proposed" | "since-proposed"; threeWay: ThreeWayPicture };
