import { useEffect, useEffectEvent, useState } from "react";
import { expectDialog } from "./use-single-keys";

const otherHeldKeys = ["Enter", "Tab", "ArrowDown", "ArrowUp"];

interface Waiting {
	/** It will not come: `failed` when it could not be loaded, `escaped` when the person no longer waits for it. */
	onGiveUp: (cause: "failed" | "escaped") => void;
	/** What is typed meanwhile changes a text by `edit`; without this it is lost. */
	onType?: (edit: (text: string) => string) => void;
}

/**
 * What `load` loads, from when it is first wanted; null until it is there. A load that fails is given up, as is
 * one that the person no longer waits for (Escape), and made again when it is wanted again. `load` has to be the
 * same function at every call.
 */
export function useWhenWanted<T>(isWanted: boolean, load: () => Promise<T>, waiting: Waiting): T | null {
	const [loaded, setLoaded] = useState<{ it: T } | null>(null);
	const isWaiting = isWanted && loaded === null;
	const giveUp = useEffectEvent(waiting.onGiveUp);
	const type = useEffectEvent((edit: (text: string) => string) => waiting.onType?.(edit));
	useEffect(() => {
		if (!isWaiting) return;
		let isOver = false;
		load().then(
			(it) => {
				if (!isOver) setLoaded({ it });
			},
			() => {
				if (!isOver) giveUp("failed");
			},
		);
		return () => {
			isOver = true;
		};
	}, [isWaiting, load]);
	useEffect(() => {
		if (!isWaiting) return;
		// What is pressed now is meant for what is on its way: to the page it could be a command.
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
			if (event.key === "Escape") giveUp("escaped");
			else if (event.key === "Backspace") type((text) => [...text].slice(0, -1).join(""));
			else if ([...event.key].length === 1) type((text) => text + event.key);
			else if (!otherHeldKeys.includes(event.key)) return;
			event.preventDefault();
			event.stopPropagation();
		};
		const stopExpecting = expectDialog();
		window.addEventListener("keydown", onKeyDown, { capture: true });
		return () => {
			stopExpecting();
			window.removeEventListener("keydown", onKeyDown, { capture: true });
		};
	}, [isWaiting]);
	return loaded?.it ?? null;
}
