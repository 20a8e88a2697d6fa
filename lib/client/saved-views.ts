import { codePointLength, hasVisibleCharacter } from "../contract/characters";

/** A view of the queue that a person has named: a query string (`?…`, or empty) and what they call it. */
export interface SavedView {
	name: string;
	search: string;
}

export const savedViewsMax = 30;
const savedViewNameMaxLength = 60;
const searchMaxLength = 2_000;

/** Says in this window that the views have changed; other windows are told by the browser. */
const changed = "countersign:views-changed";
const storageKey = (userId: string) => `countersign:views:${userId}`;

/** The views that a person keeps in this browser, as they are stored; for `parseSavedViews`. */
export function readSavedViews(userId: string): string | null {
	try {
		return localStorage.getItem(storageKey(userId));
	} catch {
		return null;
	}
}

/** Keeps the views; false where this browser keeps nothing. */
export function writeSavedViews(userId: string, views: readonly SavedView[]): boolean {
	try {
		localStorage.setItem(storageKey(userId), JSON.stringify(views));
	} catch {
		return false;
	}
	window.dispatchEvent(new Event(changed));
	return true;
}

/** Calls back when the views have changed, here or in another window; returns how to stop that. */
export function watchSavedViews(onChange: () => void): () => void {
	window.addEventListener(changed, onChange);
	window.addEventListener("storage", onChange);
	return () => {
		window.removeEventListener(changed, onChange);
		window.removeEventListener("storage", onChange);
	};
}

/** The views that a stored text holds. What is no view is left out; a name that comes twice counts once. */
export function parseSavedViews(text: string | null): SavedView[] {
	let stored: unknown;
	try {
		stored = JSON.parse(text ?? "[]");
	} catch {
		return [];
	}
	if (!Array.isArray(stored)) return [];
	const views: SavedView[] = [];
	for (const entry of stored as unknown[]) {
		const { name, search } = Object(entry) as Partial<Record<keyof SavedView, unknown>>;
		if (typeof name !== "string" || typeof search !== "string") continue;
		if (nameFault(name) !== null || search.length > searchMaxLength) continue;
		if (views.some((view) => view.name === name.trim())) continue;
		views.push({ name: name.trim(), search: queryOf(search) });
		if (views.length === savedViewsMax) break;
	}
	return views;
}

/** Why a name cannot be kept, as a sentence for the person; null where it can. */
export function nameFault(name: string): string | null {
	if (!hasVisibleCharacter(name)) return "A view needs a name.";
	const length = codePointLength(name.trim());
	if (length <= savedViewNameMaxLength) return null;
	return `A name has at most ${savedViewNameMaxLength} characters; this one has ${length}.`;
}

/** The views with this one: in the place of the one that has its name, else at the end. */
export function withView(views: readonly SavedView[], { name, search }: SavedView): SavedView[] {
	const view = { name: name.trim(), search: queryOf(search) };
	const isKnown = views.some((one) => one.name === view.name);
	return isKnown ? views.map((one) => (one.name === view.name ? view : one)) : [...views, view];
}

/** The views with one under another name; one that had that name already is replaced by it. */
export function withNewName(views: readonly SavedView[], name: string, newName: string): SavedView[] {
	const wanted = newName.trim();
	return views
		.filter((view) => view.name === name || view.name !== wanted)
		.map((view) => (view.name === name ? { ...view, name: wanted } : view));
}

/** A query string that can be nothing else, whatever was stored. */
function queryOf(search: string): string {
	const query = new URLSearchParams(search).toString();
	return query === "" ? "" : `?${query}`;
}
