import type { ActionFailure, ActionResult } from "@/lib/actions/result";
import type { ParkedDecision } from "@/lib/client/control-actions-api";
import type { ControlAction } from "@/lib/contract/control-action";
import { outcomeOf, rejectionOf } from "@/lib/rules/control-action/outcome";

/** How a decision on a parked action ended, as far as it is known. */
export type ParkedOutcome =
	| { kind: "decided"; decision: ParkedDecision; action: ControlAction }
	/** Somebody was faster; `now` is the action as it is, or null when it could not be read. */
	| { kind: "conflict"; decision: ParkedDecision; failure: ActionFailure; now: ControlAction | null }
	| { kind: "refused"; decision: ParkedDecision; failure: ActionFailure }
	| { kind: "unknown"; decision: ParkedDecision; failure: ActionFailure; now: ControlAction | null };

/**
 * What the API's answer to a decision says. It is believed only where it is this action and no longer parked. What
 * `readAgain` gives (null when it cannot) settles the rest, and is asked only then.
 */
export async function settleParked(
	decision: ParkedDecision,
	id: string,
	result: ActionResult<ControlAction>,
	readAgain: () => Promise<ControlAction | null>,
): Promise<ParkedOutcome> {
	if (result.ok && result.data.id === id && isAsDecided(decision, result.data)) {
		return { kind: "decided", decision, action: result.data };
	}
	if (result.ok) {
		const failure: ActionFailure = {
			code: "unexpected_reply",
			message: `The API answered, but with the state “${result.data.status}”.`,
			outcome: "unknown",
		};
		return { kind: "unknown", decision, failure, now: await readAgain() };
	}
	const { error: failure } = result;
	if (failure.outcome === "unknown") return { kind: "unknown", decision, failure, now: await readAgain() };
	if (failure.code !== "already_decided" && failure.code !== "http_409") {
		return { kind: "refused", decision, failure };
	}
	return { kind: "conflict", decision, failure, now: await readAgain() };
}

function isAsDecided(decision: ParkedDecision, { status }: ControlAction): boolean {
	return decision === "reject" ? status === "failed" : status !== "pending_approval";
}

/** What somebody has made of a parked action: null where its state does not tell the two apart, or it is parked. */
export function decisionOn(action: ControlAction): ParkedDecision | null {
	if (rejectionOf(action) !== null) return "reject";
	return action.status === "executed" || action.status === "pending" ? "approve" : null;
}

/** True where an action stands as this decision would have left it, though nobody has confirmed it. */
export function isAsAsked(decision: ParkedDecision, action: ControlAction): boolean {
	return decisionOn(action) === decision;
}

/** The API's answer to one's own decision, in a sentence. */
export function decidedInWords(decision: ParkedDecision, action: ControlAction): string {
	if (decision === "reject") return "Rejected. It did not run.";
	if (action.status === "executed") return "Approved, and it ran.";
	if (action.status === "pending") return "Approved. It was started and has not ended yet.";
	return `Approved, but it did not succeed. ${outcomeOf(action).sentence}`;
}
