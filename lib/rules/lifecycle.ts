import { type DeploymentStatus, knownStatus } from "../contract/deployment-status";
import { type Caller, refusal } from "./authority";

export const decisions = ["approve", "reject", "rollback"] as const;
export type Decision = (typeof decisions)[number];

/** Nothing leads out of these in the contract's lifecycle. */
export const terminalStatuses: readonly DeploymentStatus[] = ["ab_failed", "rolled_back", "rejected"];

interface Transition {
	from: readonly DeploymentStatus[];
	to: DeploymentStatus;
	/** How the state may look, in words, for the sentence that refuses. */
	fromInWords: string;
	done: string;
}

/** The three decisions of the contract's lifecycle: from which states, to which. */
export const transitions: Record<Decision, Transition> = {
	approve: {
		from: ["proposed", "ab_passed"],
		to: "shipped",
		fromInWords: "is proposed or has passed its A/B test",
		done: "approved",
	},
	reject: {
		from: ["proposed", "ab_running", "ab_passed", "shipped", "monitoring", "regressed"],
		to: "rejected",
		fromInWords: "is not closed yet",
		done: "rejected",
	},
	rollback: {
		from: ["shipped", "monitoring", "regressed"],
		to: "rolled_back",
		fromInWords: "is live",
		done: "rolled back",
	},
};

/** The states in words, as every screen writes them. */
export const statusLabels: Record<DeploymentStatus, string> = {
	proposed: "Proposed",
	ab_running: "A/B running",
	ab_passed: "A/B passed",
	ab_failed: "A/B failed",
	shipped: "Shipped",
	monitoring: "Monitoring",
	regressed: "Regressed",
	rolled_back: "Rolled back",
	rejected: "Rejected",
};

/** The words for a state; one that we do not know is shown as it came. */
export function statusLabel(status: string): string {
	const known = knownStatus(status);
	return known === null ? status : statusLabels[known];
}

/** Whether a decision may be taken; when not, why not, as a sentence for the person. */
export type Verdict = { allowed: true } | { allowed: false; cause: "role" | "state"; why: string };

/**
 * Says for each decision whether this caller may take it on a deployment in this state. The button and
 * the server ask this one function. A state that we do not know enables nothing. The role is judged
 * first: a viewer is told about the role, not about the state.
 */
export function judgeDecisions(status: string, caller: Caller): Record<Decision, Verdict> {
	return {
		approve: judgeDecision("approve", status, caller),
		reject: judgeDecision("reject", status, caller),
		rollback: judgeDecision("rollback", status, caller),
	};
}

/** The same for one decision. */
export function judgeDecision(decision: Decision, status: string, caller: Caller): Verdict {
	const refused = refusal(decision, caller);
	if (refused !== null) return { allowed: false, cause: "role", why: refused };
	const known = knownStatus(status);
	if (known === null) {
		return {
			allowed: false,
			cause: "state",
			why: `The API reports the status “${status}”, which Countersign does not know, so nothing can be decided here.`,
		};
	}
	const { from, fromInWords, done } = transitions[decision];
	if (from.includes(known)) return { allowed: true };
	return {
		allowed: false,
		cause: "state",
		why: `Only a deployment that ${fromInWords} can be ${done}. This one ${inSentence(known)}.`,
	};
}

function inSentence(status: DeploymentStatus): string {
	switch (status) {
		case "ab_running":
			return "is in its A/B test";
		case "ab_passed":
			return "has passed its A/B test and is not live";
		case "ab_failed":
			return "is closed: its A/B test failed";
		default:
			return `is ${statusLabels[status].toLowerCase()}`;
	}
}
