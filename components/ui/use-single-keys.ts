"use client";

import { useEffect, useRef } from "react";
import { type BegunSequence, stepSequence } from "./key-sequence";
import { areSingleKeysOn } from "./single-keys-setting";

type Actions = Readonly<Record<string, () => void>>;

/**
 * Runs what a single key stands for, while nobody is typing, no dialog is open, no modifier is held and the
 * person has not switched such keys off. The newest `actions` are always the ones that count.
 */
export function useSingleKeys(actions: Actions): void {
	const current = useNewest(actions);
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (!isForKeys(event)) return;
			const action = Object.hasOwn(current.current, event.key) ? current.current[event.key] : undefined;
			if (action === undefined) return;
			event.preventDefault();
			action();
		};
		window.addEventListener("keydown", onKeyDown);
		return () => window.removeEventListener("keydown", onKeyDown);
	}, [current]);
}

/**
 * Runs what two keys stand for that are pressed one after the other, such as `g d`, under the same conditions.
 * The second key then has no other meaning, so one that decides something on this page does not.
 */
export function useKeySequences(actions: Actions): void {
	const current = useNewest(actions);
	useEffect(() => {
		let begun: BegunSequence | null = null;
		const onKeyDown = (event: KeyboardEvent) => {
			if (isModifier(event.key)) return;
			if (!isForKeys(event)) {
				begun = null;
				return;
			}
			const step = stepSequence(begun, event.key, Date.now(), Object.keys(current.current));
			begun = step.begun;
			if (step.isTaken) event.preventDefault();
			if (step.completed !== null) current.current[step.completed]?.();
		};
		// On the way down: before any single key is looked at.
		window.addEventListener("keydown", onKeyDown, { capture: true });
		return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
	}, [current]);
}

function useNewest(actions: Actions) {
	const current = useRef(actions);
	useEffect(() => {
		current.current = actions;
	});
	return current;
}

function isForKeys(event: KeyboardEvent): boolean {
	if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
		return false;
	return areSingleKeysOn() && !isTyping(event.target) && !isDialogOpen();
}

function isModifier(key: string): boolean {
	return ["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(key);
}

/** A box to tick takes no letters, and one has the focus after each row that was ticked. */
const typedInto =
	"input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [role=textbox], [role=menuitem]";

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || target.matches(typedInto));
}

let dialogsOnTheirWay = 0;

/** Has keys rest as if a dialog was open, from when one is being loaded; what it returns ends that. */
export function expectDialog(): () => void {
	dialogsOnTheirWay += 1;
	return () => {
		dialogsOnTheirWay -= 1;
	};
}

/** True while something lies over the page that keys are meant for, or is about to. */
export function isDialogOpen(): boolean {
	if (dialogsOnTheirWay > 0) return true;
	return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
