import type { CurrentDecision } from "../contract/error";

/** Why a write was not carried out, or not known to be. Plain data: it crosses to the browser. */
export interface ActionFailure {
	/** A sentence for the person. */
	message: string;
	code: string;
	/** `unknown`: it may have been carried out; the screen must look before it says anything. */
	outcome: "refused" | "not_sent" | "unknown";
	/** The decision that stands instead, when somebody else was first. */
	current?: CurrentDecision | undefined;
	/** What to give to whoever reads the logs. */
	requestId?: string | undefined;
}

export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionFailure };
