import { useEffect, useState } from "react";

/**
 * What `load` loads, from when it is first wanted; null until it is there. A load that fails is told, and made
 * again when it is wanted again. `load` has to be the same function at every call.
 */
export function useWhenWanted<T>(
	isWanted: boolean,
	load: () => Promise<T>,
	onFailure: () => void = ignore,
): T | null {
	const [loaded, setLoaded] = useState<{ it: T } | null>(null);
	useEffect(() => {
		if (!isWanted || loaded !== null) return;
		let isOver = false;
		load().then(
			(it) => {
				if (!isOver) setLoaded({ it });
			},
			() => {
				if (!isOver) onFailure();
			},
		);
		return () => {
			isOver = true;
		};
	}, [isWanted, loaded, load, onFailure]);
	return loaded?.it ?? null;
}

const ignore = () => undefined;
