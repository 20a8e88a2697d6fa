import type { ControlAction } from "../../contract/control-action";
import type { RecordedDecision } from "../../contract/decision";
import type { DeploymentSummary } from "../../contract/deployment";
import {
	autoRollbackActor,
	autoshipActor,
	type DeploymentStatus,
	knownStatus,
} from "../../contract/deployment-status";

interface Told {
	/** RFC 3339, as the API wrote it; null where it does not say when, or says no date. */
	at: string | null;
	/** Id of a person, an API key or the system (`system:…`); null where the API does not say who. */
	actor: string | null;
	/** Exactly as it was given; null where none is known. Text of a person: never markup. */
	reason: string | null;
}

/** How the A/B replay ended; null where the record has moved on and nothing says it. */
type ReplayOutcome = "passed" | "failed" | "running" | null;

/** Something that happened to a deployment. Data that JSON can carry. */
export type TimelineEvent =
	| (Told & { kind: "proposed" | "approved" | "shipped" | "regressed" | "rolled_back" | "rejected" })
	| (Told & { kind: "replayed"; outcome: ReplayOutcome })
	/** A decision that only a newer API knows, in its own words. */
	| (Told & { kind: "decided"; decision: string; toStatus: string })
	| (Told & {
			kind: "action";
			action: { id: string; type: string; status: string; executedAt: string | null };
	  });

interface TimelineInput {
	deployment: DeploymentSummary;
	/** Null where the API keeps no list: then the record alone is asked. */
	decisions: readonly RecordedDecision[] | null;
	/** Those asked for from this deployment; null where the API does not keep that. */
	actions: readonly ControlAction[] | null;
}

/** Approving and shipping are one act; a longer distance between the two moments is told. */
const sameActMs = 1_000;

/** Where an event stands in a lifecycle. It decides between equal moments, and where no moment is known. */
const ranks: Record<TimelineEvent["kind"], number> = {
	proposed: 0,
	replayed: 1,
	action: 2,
	decided: 3,
	approved: 4,
	shipped: 5,
	regressed: 6,
	rolled_back: 7,
	rejected: 8,
};

/**
 * What happened to a deployment, oldest first, each fact once. The list of decisions comes before what the
 * record says of the same decision; the record says what the list leaves out. An event without a moment stands
 * where the lifecycle has it. Nothing is guessed: `updated_at` is not the moment of a rejection, and who shipped
 * what the system has rolled back is not known from the record. Never throws.
 */
export function timelineOf({ deployment, decisions, actions }: TimelineInput): TimelineEvent[] {
	const listed = (decisions ?? []).map((decision) => eventOfDecision(decision, deployment));
	const isListed = ({ kind }: TimelineEvent) => listed.some((event) => event.kind === kind);
	const decided = [...listed, ...recordedDecisions(deployment).filter((event) => !isListed(event))];
	const seen = new Set([deployment.status, ...(decisions ?? []).map(({ from_status }) => from_status)]);
	return inOrder([
		{ kind: "proposed", at: momentOf(deployment.created_at), actor: null, reason: null },
		...replayOf(deployment, decided, seen),
		...decided,
		...shippingOf(deployment, decided),
		...(seen.has("regressed" satisfies DeploymentStatus)
			? [{ kind: "regressed", at: null, actor: null, reason: null } as const]
			: []),
		...(actions ?? []).map(eventOfAction),
	]);
}

function eventOfDecision(
	{ decision, to_status: toStatus, actor_id, reason, created_at }: RecordedDecision,
	{ rejection_reason }: DeploymentSummary,
): TimelineEvent {
	const told = { at: momentOf(created_at), actor: actor_id || null, reason: reason || null };
	switch (decision) {
		case "approve":
			return { kind: "approved", ...told };
		case "reject":
			return { kind: "rejected", ...told, reason: told.reason ?? (rejection_reason || null) };
		case "rollback":
			return { kind: "rolled_back", ...told };
		default:
			return { kind: "decided", ...told, decision, toStatus };
	}
}

const shippedStatuses: readonly DeploymentStatus[] = ["shipped", "monitoring", "regressed", "rolled_back"];

/** The decisions that the record itself tells of. */
function recordedDecisions(deployment: DeploymentSummary): TimelineEvent[] {
	const { shipped_at, rolled_back_at, approved_by, rejection_reason } = deployment;
	const status = knownStatus(deployment.status);
	// An automatic rollback takes the place of whoever had approved.
	const isRolledBackBySystem = approved_by === autoRollbackActor;
	const approver = isRolledBackBySystem ? null : approved_by || null;
	const told: TimelineEvent[] = [];
	if (shipped_at || approver !== null || (status !== null && shippedStatuses.includes(status))) {
		told.push({ kind: "approved", at: momentOf(shipped_at), actor: approver, reason: null });
	}
	if (rolled_back_at || status === "rolled_back") {
		const actor = isRolledBackBySystem ? autoRollbackActor : null;
		told.push({ kind: "rolled_back", at: momentOf(rolled_back_at), actor, reason: null });
	}
	if (rejection_reason || status === "rejected") {
		told.push({ kind: "rejected", at: null, actor: null, reason: rejection_reason || null });
	}
	return told;
}

/** The replay has no moment in the contract; that there was one is known by its report, or by a status. */
function replayOf(
	{ status, ab_report }: DeploymentSummary,
	decided: readonly TimelineEvent[],
	seen: ReadonlySet<string>,
): TimelineEvent[] {
	// Only what has passed ships by itself.
	const isAutoshipped = decided.some(({ kind, actor }) => kind === "approved" && actor === autoshipActor);
	const hasPassed = isAutoshipped || seen.has("ab_passed" satisfies DeploymentStatus);
	const hasFailed = seen.has("ab_failed" satisfies DeploymentStatus);
	const hasBegun = seen.has("ab_running" satisfies DeploymentStatus);
	if (!ab_report && !hasPassed && !hasFailed && !hasBegun) return [];
	let outcome: ReplayOutcome = null;
	if (hasPassed) outcome = "passed";
	else if (hasFailed) outcome = "failed";
	else if (status === "ab_running") outcome = "running";
	return [{ kind: "replayed", at: null, actor: null, reason: null, outcome }];
}

function shippingOf({ shipped_at }: DeploymentSummary, decided: readonly TimelineEvent[]): TimelineEvent[] {
	const at = momentOf(shipped_at);
	if (at === null) return [];
	const isSameAct = decided.some(
		(event) =>
			event.kind === "approved" &&
			event.at !== null &&
			Math.abs(Date.parse(event.at) - Date.parse(at)) <= sameActMs,
	);
	return isSameAct ? [] : [{ kind: "shipped", at, actor: null, reason: null }];
}

/** Who asked for an action is in the audit log, not in the action. */
function eventOfAction({ id, action_type, status, created_at, executed_at }: ControlAction): TimelineEvent {
	return {
		kind: "action",
		at: momentOf(created_at),
		actor: null,
		reason: null,
		action: { id, type: action_type, status, executedAt: momentOf(executed_at) },
	};
}

function momentOf(text: string | null | undefined): string | null {
	return !text || Number.isNaN(Date.parse(text)) ? null : text;
}

function inOrder(events: readonly TimelineEvent[]): TimelineEvent[] {
	const byRank = [...events].sort((one, other) => ranks[one.kind] - ranks[other.kind]);
	const ordered = byRank
		.filter(({ at }) => at !== null)
		.sort((one, other) => Date.parse(one.at ?? "") - Date.parse(other.at ?? ""));
	for (const event of byRank) {
		if (event.at !== null) continue;
		const next = ordered.findIndex(({ kind }) => ranks[kind] > ranks[event.kind]);
		ordered.splice(next === -1 ? ordered.length : next, 0, event);
	}
	return ordered;
}
