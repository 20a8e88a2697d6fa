"use client";

import { useEffect, useRef } from "react";
import { anchorOfHash, type Wanted, watchLineLinks } from "./line-links";
import { showWord } from "./words-in-sight";

/** Whether a line will be in the document: it is being drawn or read, or no line of the comparison has this name. */
export type Way = "coming" | "missing";

/** A slow network may take so long to bring what is folded; who has waited longer has gone elsewhere. */
const patienceMs = 15_000;

/**
 * Goes to a line by its name, also when the page was opened with one in its address. `prepare` sees to it that the line
 * will be drawn and is asked again until it is there, so but for the first time it does each thing once; `onMissing` is
 * told when it will not be there. A person who scrolls meanwhile is left where they are.
 */
export function useTarget(
	prepare: (anchor: string, isFirst: boolean) => Way,
	onMissing: (anchor: string) => void,
): (anchor: string, wanted?: Wanted) => void {
	const newest = useRef({ prepare, onMissing });
	useEffect(() => {
		newest.current = { prepare, onMissing };
	});
	/** Where this has moved the address to, until the browser has said that it moved. */
	const own = useRef<string | null>(null);
	const stop = useRef<() => void>(() => undefined);
	const goTo = useRef((anchor: string, wanted: Wanted = "change") => {
		stop.current();
		const until = performance.now() + patienceMs;
		let frame = 0;
		stop.current = () => {
			cancelAnimationFrame(frame);
			for (const name of ["wheel", "touchmove"]) window.removeEventListener(name, stop.current);
		};
		for (const name of ["wheel", "touchmove"]) {
			window.addEventListener(name, stop.current, { passive: true });
		}
		const look = () => {
			if (document.getElementById(anchor) !== null) {
				stop.current();
				if (anchorOfHash(window.location.hash) !== anchor) own.current = anchor;
				// The one way to move `:target` without a new entry in the history.
				window.location.replace(`#${anchor}`);
				showWord(anchor, wanted);
				return;
			}
			const way = newest.current.prepare(anchor, false);
			if (way === "coming" && performance.now() < until) {
				frame = requestAnimationFrame(look);
				return;
			}
			stop.current();
			if (way === "missing") newest.current.onMissing(anchor);
		};
		// What stands above the line has to have its height before the page scrolls.
		newest.current.prepare(anchor, true);
		frame = requestAnimationFrame(look);
	});
	useEffect(() => {
		const anchor = anchorOfHash(window.location.hash);
		if (anchor !== null) goTo.current(anchor);
		const unwatch = watchLineLinks((followed, wanted) => {
			if (followed === own.current) own.current = null;
			else goTo.current(followed, wanted);
		});
		return () => {
			unwatch();
			stop.current();
		};
	}, []);
	return goTo.current;
}
