"use client";

import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { isDialogOpen } from "@/components/ui/use-single-keys";
import type { PaletteDialog } from "./palette-dialog";

/** The button and the key of the command palette, which is loaded when it is first wanted. */
export function CommandPalette() {
	const [isOpen, setIsOpen] = useState(false);
	const [search, setSearch] = useState("");
	const isReady = useRef(false);
	const [Palette, setPalette] = useState<typeof PaletteDialog | null>(null);
	const isApple = useSyncExternalStore(never, readIsApple, () => true);

	function open() {
		isReady.current = false;
		setSearch("");
		setIsOpen(true);
		if (Palette !== null) return;
		import("./palette-dialog").then(
			(loaded) => setPalette(() => loaded.PaletteDialog),
			// Without a network there is nothing to open; the next press asks again.
			() => setIsOpen(false),
		);
	}

	const handleKey = useEffectEvent((event: KeyboardEvent) => {
		const isHeld = readIsApple() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
		if (!isHeld || event.altKey || event.shiftKey || event.isComposing) return;
		if (event.key.toLowerCase() !== "k") return;
		// Also where nothing opens: a browser would take the person to its own search.
		event.preventDefault();
		if (isOpen) setIsOpen(false);
		else if (!isDialogOpen()) open();
	});
	// What is typed before the palette can take it is meant for it: not lost, and not a command to the page.
	const keepKey = useEffectEvent((event: KeyboardEvent) => {
		if (isReady.current || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
		if (event.key === "Escape") setIsOpen(false);
		else if (event.key === "Backspace") setSearch((typed) => typed.slice(0, -1));
		else if ([...event.key].length === 1) setSearch((typed) => typed + event.key);
		else if (!["Enter", "Tab", "ArrowDown", "ArrowUp"].includes(event.key)) return;
		event.preventDefault();
		event.stopPropagation();
	});
	useEffect(() => {
		if (!isOpen) return;
		const onKeyDown = (event: KeyboardEvent) => keepKey(event);
		window.addEventListener("keydown", onKeyDown, { capture: true });
		return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
	}, [isOpen]);
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => handleKey(event);
		window.addEventListener("keydown", onKeyDown);
		return () => window.removeEventListener("keydown", onKeyDown);
	}, []);

	return (
		<>
			<button
				type="button"
				title="Go to a page, a project or a deployment"
				aria-keyshortcuts={isApple ? "Meta+K" : "Control+K"}
				onClick={open}
				className="h-6 w-14 rounded-md border border-line-strong text-ink-muted text-xs hover:bg-hover hover:text-ink max-md:hidden"
			>
				<span className="sr-only">Command palette </span>
				<kbd className="font-sans">{isApple ? "⌘K" : "Ctrl K"}</kbd>
			</button>
			{Palette === null || !isOpen ? null : (
				<Palette
					search={search}
					onSearch={setSearch}
					onReady={() => {
						isReady.current = true;
					}}
					onClose={() => setIsOpen(false)}
				/>
			)}
		</>
	);
}

/** The machine does not change while the page is open. */
const never = () => () => undefined;

function readIsApple(): boolean {
	return /mac|iphone|ipad|ipod/i.test(navigator.platform);
}
