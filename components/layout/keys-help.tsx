"use client";

import { Keyboard } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useSingleKeys } from "@/components/ui/use-single-keys";
import { useWhenWanted } from "@/components/ui/use-when-wanted";

const load = async () => (await import("./keys-dialog")).KeysDialog;

/** The button and the key of the list of keys, which is loaded when it is first wanted. */
export function KeysHelp() {
	const [isOpen, setIsOpen] = useState(false);
	const close = () => setIsOpen(false);
	const KeysDialog = useWhenWanted(isOpen, load, { onGiveUp: close });
	useSingleKeys({ "?": () => setIsOpen(true) });
	return (
		<>
			<span className="max-sm:hidden">
				<IconButton label="Keyboard shortcuts (?)" onClick={() => setIsOpen(true)}>
					<Keyboard aria-hidden className="size-4" />
				</IconButton>
			</span>
			{isOpen && KeysDialog !== null ? <KeysDialog onClose={close} /> : null}
		</>
	);
}
