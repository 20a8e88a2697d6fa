import { drafts } from "@/lib/client/kept-text";
import { requestableActionTypes } from "@/lib/contract/control-action-types";
import type { ActionPlace } from "../action-place";
import type { ActionDraft } from "./draft";

/** The draft that was begun at this place in this tab; null where there is none that can be read. */
export function readKeptDraft(place: ActionPlace): ActionDraft | null {
	try {
		const kept: unknown = JSON.parse(drafts.read(nameOf(place)));
		return isDraft(kept) ? kept : null;
	} catch {
		return null;
	}
}

/** Keeps a draft through a reload or a sign-in; null forgets it. */
export function keepDraft(place: ActionPlace, draft: ActionDraft | null): void {
	drafts.write(nameOf(place), draft === null ? "" : JSON.stringify(draft));
}

function nameOf({ projectId, traceId, deploymentId }: ActionPlace): string {
	return ["execute", projectId, traceId, deploymentId].map((part) => part ?? "").join(" ");
}

/** An older page of this tab may have kept another form. */
function isDraft(kept: unknown): kept is ActionDraft {
	const { type, projectId, traceText, mode, forms, jsonText, objection } = Object(kept) as Partial<
		Record<keyof ActionDraft, unknown>
	>;
	return (
		requestableActionTypes.some((known) => known === type) &&
		isTextOrNull(projectId) &&
		typeof traceText === "string" &&
		(mode === "form" || mode === "json") &&
		typeof jsonText === "string" &&
		isTextOrNull(objection) &&
		isObject(forms) &&
		Object.values(forms).every(isForm)
	);
}

function isForm(form: unknown): boolean {
	if (!isObject(form)) return false;
	const { values, rest } = form;
	return (
		isObject(values) && Object.values(values).every((text) => typeof text === "string") && isObject(rest)
	);
}

function isTextOrNull(value: unknown): boolean {
	return value === null || typeof value === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
