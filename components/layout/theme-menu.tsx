"use client";

import { Contrast } from "lucide-react";
import { useState } from "react";
import { Menu, MenuChoice, MenuLabel } from "@/components/ui/menu";
import { type Theme, themeCookie } from "@/lib/theme";

const options = [
	{ value: "system", label: "As the system" },
	{ value: "light", label: "Light" },
	{ value: "dark", label: "Dark" },
] as const;

const yearSeconds = 365 * 24 * 60 * 60;

export function ThemeMenu({ initial }: { initial: Theme }) {
	const [theme, setTheme] = useState<Theme>(initial);
	function choose(next: Theme) {
		setTheme(next);
		// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve
		document.cookie = `${themeCookie}=${next}; path=/; max-age=${yearSeconds}; samesite=lax`;
		if (next === "system") delete document.documentElement.dataset.theme;
		else document.documentElement.dataset.theme = next;
	}
	return (
		<Menu
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
		>
			<MenuLabel>Colours</MenuLabel>
			<MenuChoice label="Colours" value={theme} options={options} onChange={choose} />
		</Menu>
	);
}
