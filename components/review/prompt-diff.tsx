"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { countOf } from "@/lib/format";
import { preparePromptPair } from "@/lib/rules/prompt-pair";
import { type DiffView, useDiffView } from "./use-diff-view";

// The viewer draws nothing on the server and is the heaviest part of the page: it comes by itself.
const DiffViewer = dynamic(() => import("./diff-viewer"), { ssr: false, loading: () => <DiffSkeleton /> });

const views = [
	{ value: "split", label: "Split" },
	{ value: "unified", label: "Unified" },
] as const satisfies readonly { value: DiffView; label: string }[];

/** Current against proposed prompt, with what the eye would miss said in words above it. */
export function PromptDiff({ current, proposed }: { current: string; proposed: string }) {
	const [view, setView] = useDiffView();
	const [isWhole, setIsWhole] = useState(false);
	const pair = useMemo(() => preparePromptPair(current, proposed), [current, proposed]);
	return (
		<section aria-label="Prompt diff" className="min-w-0">
			<div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
				<h2 className="font-medium text-base">Prompt</h2>
				<span className="text-ink-muted text-xs">
					{countOf(pair.currentLines, "line")} → {countOf(pair.proposedLines, "line")}
				</span>
				<span className="flex items-center gap-1 text-ink-muted text-xs">
					Current <CopyButton text={current} label="Copy current prompt" />
					<span className="w-1" />
					Proposed <CopyButton text={proposed} label="Copy proposed prompt" />
				</span>
				<div className="ml-auto flex gap-2">
					<Segmented
						label="Lines"
						value={isWhole ? "all" : "changes"}
						options={[
							{ value: "changes", label: "Changes" },
							{ value: "all", label: "Whole prompt" },
						]}
						onChange={(value) => setIsWhole(value === "all")}
					/>
					<Segmented label="View" value={view} options={views} onChange={setView} />
				</div>
			</div>
			{pair.remarks.map((remark) => (
				<Notice key={remark} tone="warn" className="mb-2">
					{remark}
				</Notice>
			))}
			{pair.isIdentical ? (
				<p className="rounded-md border border-line px-4 py-10 text-center text-ink-muted">
					{pair.identityInWords}
				</p>
			) : (
				<DiffViewer
					current={pair.current}
					proposed={pair.proposed}
					isSplit={view === "split"}
					isWhole={isWhole}
					isLarge={pair.isLarge}
				/>
			)}
		</section>
	);
}

function DiffSkeleton() {
	return (
		<div role="status" className="min-h-[60vh] rounded-md border border-line p-4">
			<span className="sr-only">Loading the diff</span>
			{["w-1/2", "w-3/4", "w-2/3", "w-5/6", "w-1/3", "w-3/5"].map((width) => (
				<Skeleton key={width} className={`mb-3 h-4 ${width}`} />
			))}
		</div>
	);
}
