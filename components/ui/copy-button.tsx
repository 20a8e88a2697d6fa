"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label }: { text: string; label: string }) {
	const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
	useEffect(() => {
		if (state === "idle") return;
		const timer = setTimeout(() => setState("idle"), 2_000);
		return () => clearTimeout(timer);
	}, [state]);
	const Icon = state === "copied" ? Check : Copy;
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			onClick={() =>
				navigator.clipboard.writeText(text).then(
					() => setState("copied"),
					() => setState("failed"),
				)
			}
			className="inline-flex items-center gap-1 rounded p-0.5 align-text-bottom text-ink-muted hover:bg-hover hover:text-ink"
		>
			<Icon aria-hidden className="size-3.5" />
			<span role="status" className="sr-only">
				{state === "copied" ? "Copied" : state === "failed" ? "Copying was refused by the browser" : ""}
			</span>
		</button>
	);
}
