"use client";

import { useEffect, useRef, useState } from "react";

/**
 * For a form that is not sent because something in it is wrong: `focusFault` puts the focus to the first field that is
 * marked as invalid, and shows what is wrong where no field is.
 */
export function useFocusFault() {
	const form = useRef<HTMLFormElement>(null);
	const [tries, setTries] = useState(0);
	// The fields are marked by the same change, so they are looked for once that is drawn.
	useEffect(() => {
		if (tries === 0) return;
		const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
		field?.focus({ preventScroll: true });
		const fault = field?.parentElement ?? form.current?.querySelector('[role="alert"]');
		fault?.scrollIntoView({ block: "nearest" });
	}, [tries]);
	return { form, focusFault: () => setTries((before) => before + 1) };
}
