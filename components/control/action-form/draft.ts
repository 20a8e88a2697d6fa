import type { RequestableActionType } from "@/lib/contract/control-action-types";
import type { JsonObject } from "@/lib/contract/identifiers";
import { formOf, type PayloadForm, payloadOf } from "@/lib/rules/control-request/form";
import { readPayload } from "@/lib/rules/control-request/read-input";

/** An action as far as it is typed. It outlives the dialog, so that closing it loses nothing. */
export interface ActionDraft {
	type: RequestableActionType;
	/** Chosen by the person, where the place that the dialog was opened from does not say it. */
	projectId: string | null;
	traceText: string;
	mode: "form" | "json";
	/** Of each type its own, so that a look at another type loses nothing. */
	forms: Readonly<Partial<Record<RequestableActionType, PayloadForm>>>;
	/** What stands in the JSON box; it counts while that is open. */
	jsonText: string;
	/** Why the JSON cannot be shown as a form, after somebody has asked for that. */
	objection: string | null;
}

const emptyForm: PayloadForm = { values: {}, rest: {} };

/** A draft with nothing typed; the trace it begins with may be empty. */
export function newDraft(traceId: string): ActionDraft {
	return {
		type: "retry",
		projectId: null,
		traceText: traceId,
		mode: "form",
		forms: {},
		jsonText: "",
		objection: null,
	};
}

/** The form of the type that is chosen. */
export function formNow({ type, forms }: ActionDraft): PayloadForm {
	return forms[type] ?? emptyForm;
}

/** The draft with one field typed anew. */
export function withValue(draft: ActionDraft, name: string, text: string): ActionDraft {
	const { values, rest } = formNow(draft);
	const form = { values: { ...values, [name]: text }, rest };
	return { ...draft, forms: { ...draft.forms, [draft.type]: form } };
}

/** The same payload as JSON, with what is wrong in it as it was typed. */
export function toJson(draft: ActionDraft): ActionDraft {
	const { payload } = payloadOf(draft.type, formNow(draft));
	const jsonText = payload === null ? "" : JSON.stringify(payload, null, 2);
	return { ...draft, mode: "json", jsonText, objection: null };
}

/** The same payload as a form, or the draft as it was with the sentence that says why not. */
export function toForm(draft: ActionDraft): ActionDraft {
	const { value = {}, error } = readPayload(draft.jsonText);
	const read = error === null ? formOf(draft.type, value) : { objection: error };
	if ("objection" in read) return { ...draft, objection: read.objection };
	return { ...draft, mode: "form", objection: null, forms: { ...draft.forms, [draft.type]: read.form } };
}

/** What a draft says: the payload, and what is wrong. */
export interface ReadDraft {
	/** Undefined where there is none, or where it cannot be read. */
	payload: JsonObject | undefined;
	/** By the name of the field of the form; empty where the JSON box is open. */
	errors: Readonly<Record<string, string>>;
	/** About the payload as a whole. */
	error: string | null;
}

/** Reads a draft. The JSON box is held to what the API takes in, the form to what an executor can use as well. */
export function readDraft(draft: ActionDraft): ReadDraft {
	if (draft.mode === "json") {
		const { value, error } = readPayload(draft.jsonText);
		return { payload: value, errors: {}, error };
	}
	const { payload, errors } = payloadOf(draft.type, formNow(draft));
	if (payload === null) return { payload: undefined, errors, error: null };
	const { value, error } = readPayload(JSON.stringify(payload));
	return { payload: value, errors, error };
}

/** True where nothing stands in the way of sending it. */
export function isSound({ errors, error }: ReadDraft): boolean {
	return error === null && Object.keys(errors).length === 0;
}
