"use client";

import { Contrast } from "lucide-react";
import { useState } from "react";
import { Menu } from "@/components/ui/menu";
import { type Theme, themeCookie } from "@/lib/theme";

const options = [
	{ value: "system", label: "As the system" },
	{ value: "light", label: "Light" },
	{ value: "dark", label: "Dark" },
] as const;

const yearSeconds = 365 * 24 * 60 * 60;

export function ThemeMenu({ initial }: { initial: Theme }) {
	const [theme, setTheme] = useState<Theme>(initial);
	function choose(value: string) {
		const next = options.find((option) => option.value === value)?.value ?? "system";
		setTheme(next);
		// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve
		document.cookie = `${themeCookie}=${next}; path=/; max-age=${yearSeconds}; samesite=lax`;
		if (next === "system") delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = next;
	}
	return (
		<Menu
			entries={[
				{ kind: "label", text: "Colours" },
				{ kind: "choice", label: "Colours", value: theme, options, onChange: choose },
			]}
			trigger={
				<button
					type="button"
					aria-label="Colours"
					title="Colours"
					className="grid size-8 place-items-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
				>
					<Contrast aria-hidden className="size-4" />
				</button>
			}
		/>
	);
}
