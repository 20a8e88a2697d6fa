import type { ComponentType } from "react";
import { createRoot } from "react-dom/client";
import { readyMark } from "../ready-mark";

export interface Texts {
	current: string;
	proposed: string;
}

/** Draws the pair that the address names, in a React root, as a dashboard would. */
export async function mount(View: ComponentType<Texts>): Promise<void> {
	const name = new URLSearchParams(location.search).get("pair");
	// The page asks for this ahead of the code (`serve.ts`), so it is usually there already.
	const response = await fetch(`/pairs/${name}.json`);
	const texts = (await response.json()) as Texts;
	const container = document.createElement("div");
	document.body.append(container);
	performance.mark(readyMark);
	createRoot(container).render(<View current={texts.current} proposed={texts.proposed} />);
}
