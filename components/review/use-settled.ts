"use client";

import { useEffect, useState } from "react";

/** How a promise of the server has ended, as far as it has. */
export type Settled<T> = { kind: "waiting" } | { kind: "done"; value: T } | { kind: "failed" };

/** For who must not be held up by a promise; the last value stays until a newer promise has ended. */
export function useSettled<T>(promise: Promise<T>): Settled<T> {
	const [settled, setSettled] = useState<Settled<T>>({ kind: "waiting" });
	useEffect(() => {
		let isWanted = true;
		promise.then(
			(value) => {
				if (isWanted) setSettled({ kind: "done", value });
			},
			() => {
				if (isWanted) setSettled({ kind: "failed" });
			},
		);
		return () => {
			isWanted = false;
		};
	}, [promise]);
	return settled;
}
