"use client";

import { useSyncExternalStore } from "react";

const storageKey = "countersign:single-keys";
const changed = "countersign:single-keys-changed";

/** Whether single keys act. Kept in this browser; on where nothing is kept (WCAG 2.2, 2.1.4: they can be off). */
export function areSingleKeysOn(): boolean {
	try {
		return localStorage.getItem(storageKey) !== "off";
	} catch {
		return true;
	}
}

export function setSingleKeys(isOn: boolean): void {
	try {
		if (isOn) localStorage.removeItem(storageKey);
		else localStorage.setItem(storageKey, "off");
	} catch {
		// A browser that keeps nothing cannot keep this either.
	}
	window.dispatchEvent(new Event(changed));
}

export function useSingleKeysSetting(): boolean {
	return useSyncExternalStore(
		(onChange) => {
			window.addEventListener(changed, onChange);
			window.addEventListener("storage", onChange);
			return () => {
				window.removeEventListener(changed, onChange);
				window.removeEventListener("storage", onChange);
			};
		},
		areSingleKeysOn,
		() => true,
	);
}
