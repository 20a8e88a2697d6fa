import type { RequestableActionType } from "../../contract/control-action-types";
import type { JsonObject } from "../../contract/identifiers";
import { figure } from "../prompt-checks/deployment-in-words";
import { type PayloadField, payloadFields } from "./fields";
import { readPayload } from "./read-input";

/** A payload as a form shows it. */
export interface PayloadForm {
	/** What is typed, by the name of the field; a field that is empty may be missing. */
	values: Readonly<Record<string, string>>;
	/** What there is no field for; it goes with the request as it is. */
	rest: JsonObject;
}

/** A payload made of a form, and what is wrong with it, by the name of the field. */
export interface BuiltPayload {
	/** Null where there is nothing to send. */
	payload: JsonObject | null;
	errors: Readonly<Record<string, string>>;
}

/**
 * A payload as a form, or the sentence that says why no form can show it. What there is no field for is kept, so
 * that form and JSON always say the same.
 */
export function formOf(
	type: RequestableActionType,
	payload: JsonObject,
): { form: PayloadForm } | { objection: string } {
	const values: Record<string, string> = {};
	let rest: JsonObject = { ...payload };
	for (const field of payloadFields[type]) {
		const holder = holderOf(rest, field);
		if (holder === "other") {
			return { objection: `In the form, ${field.path[0]} has to be an object of parameters.` };
		}
		const key = keyOf(field);
		if (holder === null || !Object.hasOwn(holder, key)) continue;
		const text = textOf(field, holder[key]);
		if (text === null)
			return { objection: `In the form, ${field.path.join(".")} has to be ${wanted(field)}.` };
		values[field.name] = text;
		rest = without(rest, field);
	}
	return { form: { values, rest } };
}

/** The payload of a form: the fields first, then the rest. What is wrong is in it too, as it was typed. */
export function payloadOf(type: RequestableActionType, { values, rest }: PayloadForm): BuiltPayload {
	const errors: Record<string, string> = {};
	const own: Record<string, unknown> = {};
	const nested: Record<string, Record<string, unknown>> = {};
	for (const field of payloadFields[type]) {
		const typed = values[field.name] ?? "";
		if (typed.trim() === "") {
			if (field.isRequired) errors[field.name] = `${field.label} is needed.`;
			continue;
		}
		const { value, error } = typedValue(field, typed);
		if (error !== null) errors[field.name] = error;
		const [first, second] = field.path;
		if (second === undefined) own[first] = value;
		else nested[first] = { ...nested[first], [second]: value };
	}
	const isOtherPrompt = Object.hasOwn(own, "system_prompt") || Object.hasOwn(own, "append");
	if (type === "prompt_modification" && !isOtherPrompt) {
		errors.system_prompt = "Write the system prompt, or what is added to it.";
	}
	for (const [name, object] of Object.entries(nested)) own[name] = { ...object, ...objectOr(rest[name]) };
	const payload = {
		...own,
		...Object.fromEntries(Object.entries(rest).filter(([key]) => !Object.hasOwn(own, key))),
	};
	return { payload: Object.keys(payload).length === 0 ? null : payload, errors };
}

function typedValue(field: PayloadField, typed: string): { value: unknown; error: string | null } {
	if (field.kind === "object") {
		const { value, error } = readPayload(typed);
		return error === null ? { value, error } : { value: typed, error };
	}
	if (field.kind === "line" || field.kind === "prompt") {
		const value = field.kind === "line" ? typed.trim() : typed;
		const isTooLong = value.length > field.most;
		return { value, error: isTooLong ? `At most ${figure(field.most)} characters.` : null };
	}
	const value = /^[+-]?\d+(\.\d+)?$/.test(typed.trim()) ? Number(typed) : Number.NaN;
	const isWrong = field.kind === "integer" && !Number.isSafeInteger(value);
	if (isWrong || !(value >= field.least && value <= field.most)) {
		const error = `${field.label} has to be ${wanted(field)}.`;
		return { value: Number.isFinite(value) ? value : typed.trim(), error };
	}
	return { value, error: null };
}

/** Null where the value is of another kind than the field, so that showing it would change it. */
function textOf({ kind }: PayloadField, value: unknown): string | null {
	if (kind === "object") return isObject(value) ? JSON.stringify(value, null, 2) : null;
	if (kind === "line" || kind === "prompt") {
		// A field that holds nothing to be seen is left out of the payload.
		if (typeof value !== "string" || value.trim() === "") return null;
		return kind === "prompt" || value === value.trim() ? value : null;
	}
	// A figure such as 1e21 is read back from its text as another one, or as none.
	return typeof value === "number" && /^-?\d+(\.\d+)?$/.test(String(value)) ? String(value) : null;
}

function wanted({ kind, least, most }: PayloadField): string {
	switch (kind) {
		case "integer":
			return `a whole number from ${figure(least)} to ${figure(most)}`;
		case "number":
			return `a number from ${least} to ${most}`;
		case "object":
			return "a JSON object";
		case "line":
			return "a text without spaces around it";
		default:
			return "a text that is not empty";
	}
}

/** The object that a field stands in; null where there is none, `other` where something else is in its place. */
function holderOf(payload: JsonObject, { path: [first, second] }: PayloadField): JsonObject | null | "other" {
	if (second === undefined) return payload;
	if (!Object.hasOwn(payload, first)) return null;
	const holder = payload[first];
	return isObject(holder) ? holder : "other";
}

function keyOf({ path: [first, second] }: PayloadField): string {
	return second ?? first;
}

function without(payload: JsonObject, { path: [first, second] }: PayloadField): JsonObject {
	const { [first]: held, ...others } = payload;
	if (second === undefined || !isObject(held)) return others;
	const { [second]: _, ...left } = held;
	return Object.keys(left).length === 0 ? others : { ...others, [first]: left };
}

function objectOr(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
