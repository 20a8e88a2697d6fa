import { type DiffView, diffLayoutCookie, diffWrapCookie } from "@/lib/diff-view";

const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps the view for the next page; the server reads it. */
export function rememberDiffView({ layout, isWrapped }: DiffView): void {
	write(diffLayoutCookie, layout);
	write(diffWrapCookie, isWrapped ? "on" : "off");
}

function write(name: string, value: string): void {
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve
	document.cookie = `${name}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
