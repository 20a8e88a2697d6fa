import type { ChangedContent } from "./clock";

/** One way to draw a pair. */
export interface Viewer {
	name: ViewerName;
	title: string;
	content: ChangedContent;
}

export const alternativeNames = [
	"react-diff-viewer",
	"codemirror-merge",
	"codemirror-exact",
	"codemirror-default",
	"monaco",
	"pierre-diffs",
	"git-diff-view",
] as const;
/** Each is a page of that name in `pages/`. */
export type AlternativeName = (typeof alternativeNames)[number];

export type ViewerName = "ours" | AlternativeName;

/** Times are told as ratios to this one. */
export const timeReference: ViewerName = "codemirror-merge";
/** Sizes are told as ratios to this one. */
export const sizeReference: ViewerName = "react-diff-viewer";

const inPage = (selector: string): ChangedContent => ({ selector, shadowHost: null });

export const alternatives: readonly (Viewer & { name: AlternativeName })[] = [
	{
		name: "react-diff-viewer",
		title: "react-diff-viewer-continued",
		// Its class names come from Emotion: a hash, then the label.
		content: inPage('[class*="-diff-added"], [class*="-diff-removed"]'),
	},
	{
		name: "codemirror-merge",
		title: "CodeMirror merge, folded",
		content: inPage(".cm-changedLine"),
	},
	{
		name: "codemirror-exact",
		title: "CodeMirror merge, folded, exact",
		content: inPage(".cm-changedLine"),
	},
	{
		name: "codemirror-default",
		title: "CodeMirror merge, nothing set",
		content: inPage(".cm-changedLine"),
	},
	{
		name: "monaco",
		title: "Monaco diff editor",
		content: inPage(".line-insert, .line-delete, .char-insert, .char-delete"),
	},
	{
		name: "pierre-diffs",
		title: "@pierre/diffs",
		content: { selector: '[data-line][data-line-type^="change-"]', shadowHost: "diffs-container" },
	},
	{
		name: "git-diff-view",
		title: "@git-diff-view/react",
		content: inPage('[data-operator="+"], [data-operator="-"]'),
	},
];

/** The product's review page. What stands for a change in it can be named, for a build that draws otherwise. */
export const ours: Viewer = {
	name: "ours",
	title: "Countersign's review page",
	content: inPage(process.env.BENCH_SELECTOR ?? "[data-diff] ins, [data-diff] del"),
};
