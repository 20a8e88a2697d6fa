import type { ActionFailure, ActionResult } from "@/lib/actions/result";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { transitions } from "@/lib/rules/lifecycle";

/** How the rejection of one row ended, as far as it is known. */
export type RowOutcome =
	/** `deployment` is null where an earlier try did it, and its answer was lost. */
	| { kind: "rejected"; deployment: DeploymentSummary | null }
	| { kind: "refused"; failure: ActionFailure; canTryAgain: boolean }
	/** It may have been carried out. Asking again, with the same key, settles it. */
	| { kind: "unknown"; failure: ActionFailure };

interface Sent {
	id: string;
	reason: string;
	/** Who sends it. */
	userId: string;
	/** How the last try of the same row ended; null where there was none. */
	before: RowOutcome | null;
}

/** Refusals that say nothing against the decision itself. */
const passingCodes: readonly string[] = [
	"unauthenticated",
	"rate_limited",
	"overloaded",
	"role_unconfirmed",
	"idempotency_in_flight",
	"internal",
	"timeout",
];

/** What an answer to a rejection says. Done is only what came back as this very deployment, rejected. */
export function outcomeOf(result: ActionResult<DeploymentSummary>, sent: Sent): RowOutcome {
	if (result.ok) {
		const { id, status } = result.data;
		if (id === sent.id && status === transitions.reject.to)
			return { kind: "rejected", deployment: result.data };
		const message = `The API answered, but with the status “${status}”.`;
		return { kind: "unknown", failure: { code: "unexpected_reply", message, outcome: "unknown" } };
	}
	const failure = result.error;
	if (sent.before?.kind === "unknown" && isOwnRejection(failure, sent)) {
		return { kind: "rejected", deployment: null };
	}
	if (failure.outcome === "unknown") return { kind: "unknown", failure };
	const isPassing = passingCodes.includes(failure.code) || /^http_(429|5\d\d)$/.test(failure.code);
	return { kind: "refused", failure, canTryAgain: failure.outcome === "not_sent" || isPassing };
}

/** The record says what this person has asked for before: that try was carried out after all. */
function isOwnRejection({ current }: ActionFailure, { userId, reason }: Sent): boolean {
	return (
		current !== undefined &&
		current.status === transitions.reject.to &&
		current.by === userId &&
		(current.reason ?? "") === reason
	);
}

/** True where it makes sense to ask again; also for a row that was not tried. */
export function canTryAgain(outcome: RowOutcome | undefined): boolean {
	if (outcome === undefined || outcome.kind === "unknown") return true;
	return outcome.kind === "refused" && outcome.canTryAgain;
}

interface Run<Row> {
	rows: readonly Row[];
	send: (row: Row) => Promise<RowOutcome>;
	/** Asked before each row: what has been sent cannot be called back. */
	isStopped: () => boolean;
	onOutcome: (row: Row, outcome: RowOutcome) => void;
}

/** Rejects row by row, in their order, each by a decision of its own: one that fails stops none of the others. */
export async function rejectEach<Row>({ rows, send, isStopped, onOutcome }: Run<Row>): Promise<void> {
	for (const row of rows) {
		if (isStopped()) return;
		onOutcome(row, await send(row));
	}
}
