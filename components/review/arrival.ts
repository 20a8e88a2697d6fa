"use client";

import { useEffect } from "react";

let isExpected = false;

/** Says that the next review page is come to from another one: what had the focus there will be gone. */
export function expectArrival(): void {
	isExpected = true;
}

/** Takes the focus to the content of a page that was come to by a step, so that the next Tab begins there. */
export function useArrival(): void {
	useEffect(() => {
		if (!isExpected) return;
		isExpected = false;
		document.getElementById("content")?.focus({ preventScroll: true });
	}, []);
}
