"use client";

import { Slot } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import type { MenuContent } from "./menu-content";
import type { MenuEntry } from "./menu-entries";

interface MenuProps {
	/** The button itself. */
	trigger: ReactNode;
	entries: readonly MenuEntry[];
	onOpen?: () => void;
}

const load = () => import("./menu-content");

/** Fetched when somebody comes near; what could not be fetched then is fetched by the press. */
const prepare = () => void load().catch(() => undefined);

/**
 * A menu under a button. What draws and places it is 18 KB of scripts that most visits never need, so until the
 * button is pressed for the first time there is only the button.
 */
export function Menu({ trigger, entries, onOpen }: MenuProps) {
	const [Content, setContent] = useState<typeof MenuContent | null>(null);

	async function open() {
		const loaded = await load().catch(() => null);
		if (loaded === null) return;
		onOpen?.();
		setContent(() => loaded.MenuContent);
	}
	function openByKey(event: KeyboardEvent) {
		if (event.key !== "ArrowDown") return;
		event.preventDefault();
		void open();
	}

	if (Content !== null) return <Content trigger={trigger} entries={entries} onOpen={onOpen} />;
	return (
		<Slot.Root
			aria-haspopup="menu"
			aria-expanded={false}
			onPointerEnter={prepare}
			onFocus={prepare}
			onClick={() => void open()}
			onKeyDown={openByKey}
		>
			{trigger}
		</Slot.Root>
	);
}
