import { useEffect, useEffectEvent, useState } from "react";

/**
 * What `load` loads, from when it is first wanted; null until it is there. A load that fails is given up, as is
 * one that the person no longer waits for (Escape), and made again when it is wanted again. `load` has to be the
 * same function at every call.
 */
export function useWhenWanted<T>(isWanted: boolean, load: () => Promise<T>, onGiveUp: () => void): T | null {
	const [loaded, setLoaded] = useState<{ it: T } | null>(null);
	const isWaiting = isWanted && loaded === null;
	const giveUp = useEffectEvent(onGiveUp);
	useEffect(() => {
		if (!isWaiting) return;
		let isOver = false;
		load().then(
			(it) => {
				if (!isOver) setLoaded({ it });
			},
			() => {
				if (!isOver) giveUp();
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
			if (event.key === "Escape") giveUp();
			else if (event.key !== "Enter" && [...event.key].length > 1) return;
			event.preventDefault();
			event.stopPropagation();
		};
		window.addEventListener("keydown", onKeyDown, { capture: true });
		return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
	}, [isWaiting]);
	return loaded?.it ?? null;
}
