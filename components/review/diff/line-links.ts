/** What somebody who goes to a line wants to see of it. */
export type Wanted = "change" | "finding";

/** The name of a line (see `lineAnchor`) in a fragment such as `#P14`; null in any other. */
export function anchorOfHash(hash: string | null | undefined): string | null {
	return /^#([CP]\d+)$/.exec(hash ?? "")?.[1] ?? null;
}

/**
 * Calls when a link to a line is followed, also one that the address already names, and when the address changes to one
 * (back, forward, typed). Not for the number of a line, which is a link to itself. What it returns ends that.
 */
export function watchLineLinks(onLine: (anchor: string, wanted: Wanted) => void): () => void {
	let pressed: { anchor: string; isNumber: boolean } | null = null;
	const onClick = (event: MouseEvent) => {
		if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
		const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
		const anchor = anchorOfHash(link?.getAttribute("href"));
		if (link === null || anchor === null) return;
		pressed = { anchor, isNumber: link.id === anchor };
		if (window.location.hash !== `#${anchor}`) return;
		if (!pressed.isNumber) onLine(anchor, "finding");
	};
	const onHashChange = () => {
		const anchor = anchorOfHash(window.location.hash);
		const isPressed = pressed?.anchor === anchor;
		const isNumber = isPressed && pressed?.isNumber;
		pressed = null;
		if (anchor !== null && !isNumber) onLine(anchor, isPressed ? "finding" : "change");
	};
	document.addEventListener("click", onClick);
	window.addEventListener("hashchange", onHashChange);
	return () => {
		document.removeEventListener("click", onClick);
		window.removeEventListener("hashchange", onHashChange);
	};
}
