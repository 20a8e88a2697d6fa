"use client";

import { Check, Copy, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";

interface CopyButtonProps {
	/** The text, or how to come by it. */
	text: string | (() => string | Promise<string>);
	label: string;
	icon?: LucideIcon;
}

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label, icon = Copy }: CopyButtonProps) {
	const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
	useEffect(() => {
		if (state === "idle") return;
		const timer = setTimeout(() => setState("idle"), 2_000);
		return () => clearTimeout(timer);
	}, [state]);
	const Icon = state === "copied" ? Check : icon;
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			onClick={() =>
				copy(text).then(
					() => setState("copied"),
					() => setState("failed"),
				)
			}
			className="inline-flex items-center gap-1 rounded p-0.5 align-text-bottom text-ink-muted hover:bg-hover hover:text-ink"
		>
			<Icon aria-hidden className="size-3.5" />
			<span role="status" className="sr-only">
				{state === "copied" ? "Copied" : state === "failed" ? "It could not be copied" : ""}
			</span>
		</button>
	);
}

async function copy(text: CopyButtonProps["text"]): Promise<void> {
	if (typeof text === "string") return navigator.clipboard.writeText(text);
	const given = text();
	if (typeof given === "string") return navigator.clipboard.writeText(given);
	// Handed over as a promise: a browser allows the copy for the click, not for what comes after a wait.
	const blob = given.then((value) => new Blob([value], { type: "text/plain" }));
	return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}
