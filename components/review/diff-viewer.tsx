"use client";

import ReactDiffViewer, { DiffMethod, type ReactDiffViewerStylesOverride } from "react-diff-viewer-continued";

interface DiffViewerProps {
	current: string;
	proposed: string;
	isSplit: boolean;
	/** Shows unchanged lines too. */
	isWhole: boolean;
	/** Compares by line and draws only what is near the screen. */
	isLarge: boolean;
}

// Our tokens carry light and dark by themselves, so the viewer needs to know of one theme only.
const styles: ReactDiffViewerStylesOverride = {
	variables: {
		light: {
			diffViewerBackground: "var(--page)",
			diffViewerColor: "var(--ink)",
			addedBackground: "var(--diff-added)",
			addedColor: "var(--ink)",
			removedBackground: "var(--diff-removed)",
			removedColor: "var(--ink)",
			changedBackground: "var(--page)",
			wordAddedBackground: "var(--diff-added-word)",
			wordRemovedBackground: "var(--diff-removed-word)",
			addedGutterBackground: "var(--diff-added)",
			removedGutterBackground: "var(--diff-removed)",
			gutterBackground: "var(--page)",
			gutterBackgroundDark: "var(--surface)",
			highlightBackground: "var(--warn-soft)",
			highlightGutterBackground: "var(--warn-soft)",
			codeFoldGutterBackground: "var(--surface)",
			codeFoldBackground: "var(--surface)",
			emptyLineBackground: "var(--page)",
			gutterColor: "var(--ink-muted)",
			addedGutterColor: "var(--ink-muted)",
			removedGutterColor: "var(--ink-muted)",
			codeFoldContentColor: "var(--ink-muted)",
			diffViewerTitleBackground: "var(--page)",
			diffViewerTitleColor: "var(--ink-muted)",
			diffViewerTitleBorderColor: "var(--line)",
		},
	},
	diffContainer: { minWidth: 0, pre: { lineHeight: "20px", fontFamily: "inherit" } },
	contentText: { fontFamily: "var(--mono)", lineBreak: "auto", overflowWrap: "anywhere" },
	gutter: { minWidth: 36, width: 36, padding: "0 6px", pre: { opacity: 1, fontFamily: "var(--mono)" } },
	marker: { width: 20, paddingLeft: 4, paddingRight: 4 },
	codeFoldGutter: { minWidth: 36, width: 36 },
	codeFold: { fontWeight: 400 },
};

/** The diff itself, by react-diff-viewer-continued. */
export default function DiffViewer({ current, proposed, isSplit, isWhole, isLarge }: DiffViewerProps) {
	return (
		<div dir="ltr" className="overflow-hidden rounded-md border border-line">
			<ReactDiffViewer
				oldValue={current}
				newValue={proposed}
				splitView={isSplit}
				showDiffOnly={!isWhole}
				extraLinesSurroundingDiff={3}
				compareMethod={DiffMethod.WORDS_WITH_SPACE}
				disableWordDiff={isLarge}
				{...(isLarge ? { infiniteLoading: { pageSize: 40, containerHeight: "75vh" } } : {})}
				leftTitle={isSplit ? "Current" : "Current and proposed"}
				rightTitle="Proposed"
				hideSummary
				styles={styles}
				loadingElement={() => (
					<p role="status" className="p-4 text-ink-muted">
						Comparing the prompts
					</p>
				)}
				codeFoldMessageRenderer={(count) => (
					<span className="text-xs">
						{count === 1 ? "1 unchanged line" : `${count} unchanged lines`}: show
					</span>
				)}
			/>
		</div>
	);
}
