import { statusLabel } from "../lifecycle";
import type { TimelineEvent } from "./timeline";

/**
 * What happened, in a few words without a full stop: `Rejected`, `Replayed: A/B passed`. Words of the API that we
 * do not know are in it as they came, so it is drawn as text and never as markup.
 */
export function eventInWords(event: TimelineEvent): string {
	switch (event.kind) {
		case "proposed":
			return "Proposed";
		case "replayed":
			return replayInWords(event.outcome);
		case "approved":
			return "Approved and shipped";
		case "shipped":
			return "Went live";
		case "regressed":
			return "Regressed";
		case "rolled_back":
			return "Rolled back";
		case "rejected":
			return "Rejected";
		case "decided":
			return `Decided “${event.decision}”: ${statusLabel(event.toStatus)}`;
		case "action":
			return `Control action: ${wordsOf(event.action.type)}, ${wordsOf(event.action.status)}`;
	}
}

function replayInWords(outcome: "passed" | "failed" | "running" | null): string {
	if (outcome === "running") return "Replay: A/B running";
	return outcome === null ? "Replayed: the outcome is not recorded" : `Replayed: A/B ${outcome}`;
}

function wordsOf(word: string): string {
	return word.replaceAll("_", " ");
}

/** True for what somebody does, so that it is to be said who, or that nobody has recorded it. */
export function isActOfSomebody({ kind }: TimelineEvent): boolean {
	return kind !== "proposed" && kind !== "replayed" && kind !== "shipped" && kind !== "regressed";
}

/** What the timeline cannot know, a sentence each: a short timeline is not the same as a quiet one. */
export function gapsInWords({
	keepsDecisions,
	keepsActionOrigin,
	areActionsComplete,
}: {
	keepsDecisions: boolean;
	keepsActionOrigin: boolean;
	/** False where more actions were asked for from here than are listed. */
	areActionsComplete: boolean;
}): string[] {
	return [
		...(keepsDecisions ? [] : ["This API keeps no list of decisions: they are told from the record alone."]),
		...(keepsActionOrigin ? [] : ["This API does not keep which control actions were executed from here."]),
		...(areActionsComplete ? [] : ["Older control actions were executed from here than are listed."]),
	];
}
