"use client";

import { useEffect, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import type { DiffView } from "@/lib/diff-view";
import { countOf, formatNumber } from "@/lib/format";
import type { PromptDiff as Comparison } from "@/lib/rules/prompt-diff/model";
import { DiffLines } from "./diff-lines";
import { watchLineLinks } from "./line-links";
import type { PromptDiffProps } from "./prompt-diff-props";
import { RawPrompt } from "./raw-prompt";
import { rememberDiffView } from "./remember-diff-view";
import { useReadPrompt } from "./use-read-prompt";

type Shown = DiffView["layout"] | "left" | "right";

/** One prompt against another, most often the current against the proposed one. */
export function PromptDiff({ left, right, diff, rest, marks, initialView }: PromptDiffProps) {
	const [view, setView] = useState(initialView);
	const [raw, setRaw] = useState<"left" | "right" | null>(null);
	const readPrompt = useReadPrompt();
	// A prompt as it is has no lines to go to.
	useEffect(() => watchLineLinks(() => setRaw(null)), []);
	const shownOptions = [
		{ value: "split", label: "Split" },
		{ value: "unified", label: "Unified" },
		{ value: "left", label: `Raw ${left.label.toLowerCase()}` },
		{ value: "right", label: `Raw ${right.label.toLowerCase()}` },
	] as const satisfies readonly { value: Shown; label: string }[];

	function choose(next: DiffView) {
		setView(next);
		rememberDiffView(next);
	}

	return (
		<section aria-label="Prompt diff" className="min-w-0" data-diff={diff.detail}>
			<div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
				<h2 className="font-medium text-base">Prompt</h2>
				<span className="text-ink-muted text-xs">
					{countOf(diff.currentLines, "line")} → {countOf(diff.proposedLines, "line")}
					{diff.isIdentical ? null : (
						<>
							{" "}
							· <span className="text-good">+{formatNumber(diff.wordsAdded)}</span>{" "}
							<span className="text-bad">−{formatNumber(diff.wordsRemoved)}</span> words
						</>
					)}
				</span>
				<span data-no-print className="flex items-center gap-1 text-ink-muted text-xs">
					{[left, right].map((source) => (
						<span key={source.label} className="mr-1">
							{source.label}{" "}
							<CopyButton
								text={() => readPrompt(source)}
								label={`Copy ${source.label.toLowerCase()} prompt`}
							/>
						</span>
					))}
				</span>
				<div className="ml-auto flex flex-wrap gap-2">
					<Segmented
						label="Long lines"
						value={view.isWrapped ? "wrap" : "scroll"}
						options={[
							{ value: "wrap", label: "Wrap" },
							{ value: "scroll", label: "Scroll" },
						]}
						onChange={(value) => choose({ ...view, isWrapped: value === "wrap" })}
					/>
					<Segmented
						label="View"
						value={raw ?? view.layout}
						options={shownOptions}
						onChange={(shown) => {
							const isLayout = shown === "split" || shown === "unified";
							setRaw(isLayout ? null : shown);
							if (isLayout) choose({ ...view, layout: shown });
						}}
					/>
				</div>
			</div>
			{remarksOf(diff).map((remark) => (
				<Notice key={remark} tone="warn" className="mb-2">
					{remark}
				</Notice>
			))}
			{raw !== null ? (
				<RawPrompt source={raw === "left" ? left : right} isWrapped={view.isWrapped} />
			) : diff.isIdentical ? (
				<p className="rounded-md border border-line px-4 py-10 text-center text-ink-muted">
					The proposed prompt is the current one, character for character.
				</p>
			) : (
				<>
					{diff.changes === 0 ? (
						<p className="text-ink-muted">No line differs; what does is said above.</p>
					) : null}
					<DiffLines left={left} right={right} diff={diff} rest={rest} marks={marks} view={view} />
				</>
			)}
		</section>
	);
}

function remarksOf({ detail, remarks, changes }: Comparison): readonly string[] {
	if (detail === "word" || changes === 0) return remarks;
	return [...remarks, "Compared by line: too large to compare by word."];
}
