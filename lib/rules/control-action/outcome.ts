import type { ControlAction } from "../../contract/control-action";

/** True for a state that an action does not leave any more; one that we do not know may be left. */
export function isSettled(status: string): boolean {
	return status === "executed" || status === "failed";
}

/** Who refused a parked action, and why (empty when nothing was said); null for one that nobody refused. */
export function rejectionOf({
	status,
	result,
}: Pick<ControlAction, "status" | "result">): { by: string; reason: string } | null {
	// Of one that ran, the result is an executor's, which may call anything by this name.
	const by = status === "failed" ? textIn(result, "rejected_by") : null;
	return by === null ? null : { by, reason: textIn(result, "reason") ?? "" };
}

/** How an action stands, in a sentence of ours, and what its executor said of it, which is not ours to trust. */
export interface ActionOutcome {
	sentence: string;
	said: string | null;
}

/** How an action stands, as far as the API tells. */
export function outcomeOf(action: Pick<ControlAction, "status" | "result">): ActionOutcome {
	const { status, result } = action;
	const said = ["error", "message", "summary", "reason"].map((key) => textIn(result, key)).find((one) => one);
	const rejection = rejectionOf(action);
	if (rejection !== null) {
		return { sentence: "It was rejected and never ran.", said: rejection.reason || null };
	}
	return { sentence: sentenceOf(status, result), said: said ?? null };
}

function sentenceOf(status: string, result: ControlAction["result"]): string {
	switch (status) {
		case "pending":
			return "It was started and has not ended yet.";
		case "pending_approval":
			return "It waits for an owner and has not run.";
		case "executed":
			return "It ran.";
		case "failed":
			if (fieldOf(result, "executed") === false) return "Nothing was run.";
			return fieldOf(result, "outcome") === "unknown"
				? "It broke off. Whether it took effect is not known."
				: "It failed.";
		default:
			return "Countersign does not know this state.";
	}
}

const notesMax = 10;

/** What an executor wants known about how it ran (`notes`, our server's word), in its own words and order. */
export function notesOf(result: ControlAction["result"]): string[] {
	const notes = fieldOf(result, "notes");
	if (!Array.isArray(notes)) return [];
	return notes.filter((note): note is string => typeof note === "string" && note !== "").slice(0, notesMax);
}

/** A text of a free-form object, where it has one under this very name. */
function textIn(object: ControlAction["result"], key: string): string | null {
	const value = fieldOf(object, key);
	return typeof value === "string" && value !== "" ? value : null;
}

function fieldOf(object: ControlAction["result"], key: string): unknown {
	return object != null && Object.hasOwn(object, key) ? object[key] : undefined;
}
