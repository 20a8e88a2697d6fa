"use client";

import { useCallback, useSyncExternalStore } from "react";

export type DiffView = "split" | "unified";

const storageKey = "countersign-diff-view";
const changeEvent = "countersign-diff-view-change";
const narrowScreen = "(max-width: 767px)";

/** Split or unified: the person's last choice in this browser, else what the screen has room for. */
export function useDiffView(): [DiffView, (view: DiffView) => void] {
	const view = useSyncExternalStore(subscribe, readView, (): DiffView => "split");
	const choose = useCallback((next: DiffView) => {
		try {
			localStorage.setItem(storageKey, next);
		} catch {
			// A browser that keeps nothing for us still lets the person choose for this page.
			chosen = next;
		}
		window.dispatchEvent(new Event(changeEvent));
	}, []);
	return [view, choose];
}

let chosen: DiffView | null = null;

function readView(): DiffView {
	const stored = readStorage() ?? chosen;
	if (stored === "split" || stored === "unified") return stored;
	return window.matchMedia(narrowScreen).matches ? "unified" : "split";
}

function readStorage(): string | null {
	try {
		return localStorage.getItem(storageKey);
	} catch {
		return null;
	}
}

function subscribe(onChange: () => void): () => void {
	const media = window.matchMedia(narrowScreen);
	media.addEventListener("change", onChange);
	window.addEventListener(changeEvent, onChange);
	window.addEventListener("storage", onChange);
	return () => {
		media.removeEventListener("change", onChange);
		window.removeEventListener(changeEvent, onChange);
		window.removeEventListener("storage", onChange);
	};
}
