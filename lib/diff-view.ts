/** How a person likes to read a diff; kept in cookies, so that the server draws it that way at once. */
export interface DiffView {
	layout: "split" | "unified";
	isWrapped: boolean;
}

export const diffLayoutCookie = "countersign-diff-layout";
export const diffWrapCookie = "countersign-diff-wrap";

/** The view that two cookies name; anything else is split and wrapped. */
export function parseDiffView(layout: string | undefined, wrap: string | undefined): DiffView {
	return { layout: layout === "unified" ? "unified" : "split", isWrapped: wrap !== "off" };
}
