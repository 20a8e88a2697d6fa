/** A bounded number of places and a line before them. */
export interface Turns {
	/** Waits for a place, in the order of asking. Null when the signal came first: then there is none to leave. */
	take(signal: AbortSignal): Promise<Turn | null>;
}

interface Turn {
	hasWaited: boolean;
	/** Lets the next one in. */
	leave: () => void;
}

/** Makes `places` places, all of them free. */
export function createTurns(places: number): Turns {
	let free = places;
	const line = new Set<() => void>();

	function leaveOnce(): () => void {
		let hasLeft = false;
		return () => {
			if (hasLeft) return;
			hasLeft = true;
			free += 1;
			for (const enter of line) {
				enter();
				return;
			}
		};
	}

	return {
		take(signal) {
			return new Promise((resolve) => {
				if (signal.aborted) return resolve(null);
				const hasWaited = free === 0;
				const giveUp = () => {
					line.delete(enter);
					resolve(null);
				};
				const enter = () => {
					line.delete(enter);
					signal.removeEventListener("abort", giveUp);
					free -= 1;
					resolve({ hasWaited, leave: leaveOnce() });
				};
				if (!hasWaited) return enter();
				line.add(enter);
				signal.addEventListener("abort", giveUp, { once: true });
			});
		},
	};
}
