"use client";

import { useEffect, useRef } from "react";
import { areSingleKeysOn } from "./single-keys-setting";

/**
 * Runs what a single key stands for, while nobody is typing, no dialog is open, no modifier is held and the
 * person has not switched such keys off. The newest `actions` are always the ones that count.
 */
export function useSingleKeys(actions: Readonly<Record<string, () => void>>): void {
	const current = useRef(actions);
	useEffect(() => {
		current.current = actions;
	});
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
				return;
			if (!areSingleKeysOn() || isTyping(event.target) || isDialogOpen()) return;
			const action = Object.hasOwn(current.current, event.key) ? current.current[event.key] : undefined;
			if (action === undefined) return;
			event.preventDefault();
			action();
		};
		window.addEventListener("keydown", onKeyDown);
		return () => window.removeEventListener("keydown", onKeyDown);
	}, []);
}

function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	return (
		target.isContentEditable || target.matches("input, textarea, select, [role=textbox], [role=menuitem]")
	);
}

function isDialogOpen(): boolean {
	return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
