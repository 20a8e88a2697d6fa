import type { ControlAction } from "../../contract/control-action";
import type { JsonObject } from "../../contract/identifiers";

/** What a safety gate keeps of the action that it has parked, read from a payload that may be anybody's. */
export interface Escalation {
	/** Why it waits for an owner, in a sentence of ours. */
	why: string;
	/** The reason as the API names it, where we do not know that name; drawn as text. */
	unknownReason: string | null;
	/** The type that was asked for; the action's own where nothing was changed. */
	intendedType: string;
	/** The payload that was asked for; null for none. */
	requested: JsonObject | null;
}

/** Reads why a parked action waits and what was asked for. Never throws, whatever the payload holds. */
export function readEscalation({
	action_type,
	payload,
}: Pick<ControlAction, "action_type" | "payload">): Escalation {
	const own = { intendedType: action_type, requested: payload ?? null };
	const reason = payload?.escalation_reason;
	if (typeof reason !== "string" || payload == null) {
		return { ...own, why: "Why it waits for an owner is not recorded.", unknownReason: null };
	}
	const intended = payload.intended_action_type;
	const requested = payload.requested_payload;
	return {
		intendedType: typeof intended === "string" && intended !== "" ? intended : action_type,
		requested: isJsonObject(requested) ? requested : null,
		...whyParked(reason, payload),
	};
}

function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function whyParked(reason: string, payload: JsonObject): Pick<Escalation, "why" | "unknownReason"> {
	const [retries, all] = [countIn(payload, "retry_count"), countIn(payload, "cascade_count")];
	if (reason === "retry_threshold_exceeded") {
		return { why: whyNoRetry(retries, all, countIn(payload, "max_retry_depth")), unknownReason: null };
	}
	if (reason === "cascade_depth_exhausted") {
		return { why: whyNoAction(retries, all, countIn(payload, "max_cascade_depth")), unknownReason: null };
	}
	return { why: "The API parked it for a reason that Countersign does not know.", unknownReason: reason };
}

function whyNoRetry(retries: number | null, all: number | null, limit: number | null): string {
	if (retries === null) return "Its trace has had as many retries as its project allows.";
	const allowed = limit === null ? "" : `, and its project allows ${limit}`;
	const others = all === null || all <= retries ? "" : ` In all, ${all} actions have tried to mend it.`;
	return `Its trace has had ${retries === 1 ? "1 retry" : `${retries} retries`}${allowed}.${others}`;
}

function whyNoAction(retries: number | null, all: number | null, limit: number | null): string {
	if (all === null) return "As many actions as its project allows have tried to mend its trace.";
	const counted = all === 1 ? "1 action has" : `${all} actions have`;
	const allowed = limit === null ? "" : `, and its project allows ${limit}`;
	const among = retries === null || all === 1 ? "" : `, ${retries} of them by a retry`;
	return `${counted} tried to mend its trace${among}${allowed}.`;
}

function countIn(payload: JsonObject, key: string): number | null {
	const value = payload[key];
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
