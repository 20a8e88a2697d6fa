import type { Deployment } from "../../contract/deployment";
import { transitions } from "../lifecycle";
import { approverInWords, deploymentInWords, momentInWords } from "./deployment-in-words";
import type { Finding } from "./finding";

/** What can be rolled back is live, or was until a later one shipped over it. */
export const liveStatuses = transitions.rollback.from;

/** What this check needs of a deployment that is live. */
export type LiveDeployment = Pick<
	Deployment,
	"id" | "status" | "shipped_at" | "approved_by" | "proposed_prompt"
>;

/** What it needs of one that was rolled back. */
export type RolledBackDeployment = Pick<Deployment, "id" | "rolled_back_at" | "proposed_prompt">;

/** What a project runs on, as far as its list of deployments tells. */
export interface LiveState {
	/** The one that shipped last among those that are live; null where there is none. */
	newest: LiveDeployment | null;
	/** The one that was rolled back last; null where there is none. */
	rolledBack: RolledBackDeployment | null;
	/** False where the list was too long to be looked through. */
	isComplete: boolean;
}

/** The three texts of a proposal whose base has moved on, each exactly as the API holds it. */
export interface ThreeWay {
	proposedFrom: string;
	liveNow: string;
	proposed: string;
	liveDeploymentId: string;
}

/**
 * Whether what a proposal was written from is what is live now. `cause` says why it is not: another one has
 * shipped since, or what it was written from has been rolled back.
 */
export type Base =
	| { kind: "same"; live: LiveDeployment }
	| { kind: "stale"; cause: "shipped" | "rolled_back"; live: LiveDeployment; threeWay: ThreeWay }
	| { kind: "unknown"; why: string };

export interface StaleBaseInput {
	deployment: Pick<Deployment, "id" | "status" | "created_at" | "current_prompt" | "proposed_prompt">;
	live: LiveState;
}

const statusesBeforeShipping = ["proposed", "ab_running", "ab_passed"];

/** The row that shipped last among those in a live state. Rows without a date that can be read are left out. */
export function newestShipped<Row extends Pick<Deployment, "status" | "shipped_at">>(
	rows: readonly Row[],
): Row | null {
	const isLive = ({ status }: Row) => liveStatuses.some((known) => known === status);
	return newestBy(rows.filter(isLive), ({ shipped_at }) => shipped_at);
}

/** The row that was rolled back last. */
export function newestRolledBack<Row extends Pick<Deployment, "status" | "rolled_back_at">>(
	rows: readonly Row[],
): Row | null {
	return newestBy(
		rows.filter(({ status }) => status === "rolled_back"),
		({ rolled_back_at }) => rolled_back_at,
	);
}

/**
 * Compares the prompt that a proposal was written from with the one that is live. Live is what the newest
 * deployment in a live state has put there: a rollback takes that one out of the list, and the one before it
 * is the newest again.
 *
 * Limits: a prompt that was changed without a deployment is not seen, and then the answer is `unknown`; of
 * those that were rolled back only the last is looked at. Line ends and white space at the very end do not
 * count as a difference.
 */
export function baseOf({ deployment, live }: StaleBaseInput): Base {
	if (!statusesBeforeShipping.includes(deployment.status)) {
		return { kind: "unknown", why: "Only a deployment that can still ship can overwrite what is live." };
	}
	if (!live.isComplete) {
		return { kind: "unknown", why: "The project has more live deployments than were looked through." };
	}
	const { newest } = live;
	if (newest === null || newest.id === deployment.id) {
		return { kind: "unknown", why: "The list names no other deployment of this project that is live." };
	}
	if (isSameText(newest.proposed_prompt, deployment.current_prompt)) return { kind: "same", live: newest };
	const cause = isLater(newest.shipped_at, deployment.created_at)
		? "shipped"
		: isFromRolledBack({ deployment, live })
			? "rolled_back"
			: null;
	if (cause === null) {
		return {
			kind: "unknown",
			why: `This was not proposed from what ${deploymentInWords(newest.id)} had put live before: the prompt was changed in another way, or an older one was taken.`,
		};
	}
	return {
		kind: "stale",
		cause,
		live: newest,
		threeWay: {
			proposedFrom: deployment.current_prompt,
			liveNow: newest.proposed_prompt,
			proposed: deployment.proposed_prompt,
			liveDeploymentId: newest.id,
		},
	};
}

/**
 * Says that approving would overwrite a prompt that the reviewer does not see in the comparison, or bring a
 * prompt back that was rolled back. Says nothing of a deployment that is live or closed, nor where the list
 * does not tell what is live. The limits are those of `baseOf`.
 */
export function checkStaleBase(input: StaleBaseInput): Finding[] {
	const { deployment, live } = input;
	if (!statusesBeforeShipping.includes(deployment.status) || !live.isComplete) return [];
	const base = baseOf(input);
	if (base.kind === "same") return [];
	if (base.kind === "stale" && isSameText(base.live.proposed_prompt, deployment.proposed_prompt)) {
		const { id, shipped_at } = base.live;
		return finding(
			"note",
			`The proposed prompt is live already, by ${deploymentInWords(id)}${since("shipped", shipped_at)}: approving would change no text.`,
		);
	}
	if (base.kind === "stale" && base.cause === "shipped") {
		const { id, shipped_at, approved_by } = base.live;
		return finding(
			"severe",
			`After this was proposed, ${deploymentInWords(id)}${since("shipped", shipped_at)} by ${approverInWords(approved_by)} and left a prompt live that this comparison does not show: approving would overwrite it.`,
		);
	}
	if (live.rolledBack === null || !isFromRolledBack(input)) return [];
	const { id, rolled_back_at } = live.rolledBack;
	return finding(
		"severe",
		`This was proposed from the prompt of ${deploymentInWords(id)}, which was${since("rolled back", rolled_back_at)}: approving may bring live again what was taken back.`,
	);
}

/** ` shipped on 2026-11-22 10:00 UTC`, or the verb alone where the moment cannot be read. */
function since(verb: string, iso: string | null | undefined): string {
	const moment = momentInWords(iso);
	return moment === null ? ` ${verb}` : ` ${verb} on ${moment}`;
}

function finding(severity: Finding["severity"], sentence: string): Finding[] {
	return [{ check: "stale-base", severity, sentence, places: [] }];
}

function isFromRolledBack({ deployment, live: { rolledBack } }: StaleBaseInput): boolean {
	return (
		rolledBack !== null &&
		rolledBack.id !== deployment.id &&
		isSameText(rolledBack.proposed_prompt, deployment.current_prompt)
	);
}

/** Line ends and white space at the very end do not count as a difference. */
export function isSameText(one: string, other: string): boolean {
	return one === other || withoutLineEnds(one) === withoutLineEnds(other);
}

function withoutLineEnds(text: string): string {
	return text.replaceAll("\r\n", "\n").trimEnd();
}

function isLater(one: string | null | undefined, other: string): boolean {
	return Date.parse(one ?? "") > Date.parse(other);
}

function newestBy<Row>(rows: readonly Row[], momentOf: (row: Row) => string | null | undefined): Row | null {
	let newest: { row: Row; time: number } | null = null;
	for (const row of rows) {
		const time = Date.parse(momentOf(row) ?? "");
		if (!Number.isNaN(time) && (newest === null || time > newest.time)) newest = { row, time };
	}
	return newest?.row ?? null;
}
