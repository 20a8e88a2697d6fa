"use client";

import { useEffect, useRef } from "react";

const maxFrames = 120;

/**
 * Goes to a line by its name, also when the page was opened with one in its address. `prepare` sees to it
 * that the line will be drawn; it is waited for, at most two seconds.
 */
export function useTarget(prepare: (anchor: string) => void): (anchor: string) => void {
	const newest = useRef(prepare);
	useEffect(() => {
		newest.current = prepare;
	});
	const goTo = useRef((anchor: string) => {
		newest.current(anchor);
		let frames = 0;
		const arrive = () => {
			frames += 1;
			if (document.getElementById(anchor) !== null) {
				// The one way to move `:target` without a new entry in the history.
				window.location.replace(`#${anchor}`);
			} else if (frames < maxFrames) requestAnimationFrame(arrive);
		};
		requestAnimationFrame(arrive);
	});
	useEffect(() => {
		const follow = (isNew: boolean) => {
			const anchor = window.location.hash.slice(1);
			if (!/^[CP]\d+$/.test(anchor)) return;
			// A line that was there when the address changed has been found by the browser itself.
			if (isNew || document.getElementById(anchor) === null) goTo.current(anchor);
		};
		const onHashChange = () => follow(false);
		follow(true);
		window.addEventListener("hashchange", onHashChange);
		return () => window.removeEventListener("hashchange", onHashChange);
	}, []);
	return goTo.current;
}
