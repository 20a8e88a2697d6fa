"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { isDialogOpen } from "@/components/ui/use-single-keys";
import { useWhenWanted } from "@/components/ui/use-when-wanted";

const load = async () => (await import("./palette-dialog")).PaletteDialog;

/** The button and the key of the command palette, which is loaded when it is first wanted. */
export function CommandPalette() {
	const [isOpen, setIsOpen] = useState(false);
	const [search, setSearch] = useState("");
	const close = () => setIsOpen(false);
	const PaletteDialog = useWhenWanted(isOpen, load, { onGiveUp: close, onType: setSearch });
	const isApple = useSyncExternalStore(never, readIsApple, () => true);

	function open() {
		setSearch("");
		setIsOpen(true);
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
			{PaletteDialog === null || !isOpen ? null : (
				<PaletteDialog search={search} onSearch={setSearch} onClose={close} />
			)}
		</>
	);
}

/** The machine does not change while the page is open. */
const never = () => () => undefined;

function readIsApple(): boolean {
	return /mac|iphone|ipad|ipod/i.test(navigator.platform);
}
