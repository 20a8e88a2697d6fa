"use client";

import { useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { ChevronDown, ChevronUp, Link as LinkIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { useSingleKeys } from "@/components/ui/use-single-keys";
import { browserApi } from "@/lib/client/browser-client";
import { promptsQuery } from "@/lib/client/queries/deployments";
import type { DiffView } from "@/lib/diff-view";
import { countOf, formatNumber } from "@/lib/format";
import type { LineMarks } from "@/lib/rules/prompt-checks/locate";
import { splitLines } from "@/lib/rules/prompt-diff/lines";
import type { PromptDiff as Comparison, DiffRow, Fold } from "@/lib/rules/prompt-diff/model";
import { unfoldedRows } from "@/lib/rules/prompt-diff/unfold";
import { type Block, blockOfAnchor, blocksOf, changeAnchors, estimatedHeight, rowBlocks } from "./blocks";
import "./diff.css";
import type { PromptSource } from "./prompt-source";
import { RawPrompt } from "./raw-prompt";
import { rememberDiffView } from "./remember-diff-view";
import { useTarget } from "./use-target";

// The library is the heaviest part of the page: what the server has drawn stands there until it has come.
const DiffRows = dynamic(() => import("./diff-rows"));

type Shown = DiffView["layout"] | "left" | "right";

export interface PromptDiffProps {
	left: PromptSource;
	right: PromptSource;
	/** The comparison, without the parts that `rest` brings. */
	diff: Comparison;
	/** What did not fit into the first paint. */
	rest: Promise<Comparison["parts"]> | null;
	marks: LineMarks;
	initialView: DiffView;
}

/** One prompt against another, most often the current against the proposed one. */
export function PromptDiff({ left, right, diff, rest, marks, initialView }: PromptDiffProps) {
	const [view, setView] = useState(initialView);
	const [raw, setRaw] = useState<"left" | "right" | null>(null);
	const readPrompt = useReadPrompt();
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
				<span className="flex items-center gap-1 text-ink-muted text-xs">
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
			) : diff.changes === 0 ? (
				<p className="rounded-md border border-line px-4 py-10 text-center text-ink-muted">
					{diff.isIdentical
						? "The proposed prompt is the current one, character for character."
						: "No line differs; what does is said above."}
				</p>
			) : (
				<Lines left={left} right={right} diff={diff} rest={rest} marks={marks} view={view} />
			)}
		</section>
	);
}

function remarksOf({ detail, remarks, changes }: Comparison): readonly string[] {
	if (detail === "word" || changes === 0) return remarks;
	return [...remarks, "Compared by line: too large to compare by word."];
}

interface LinesProps {
	left: PromptSource;
	right: PromptSource;
	diff: Comparison;
	rest: PromptDiffProps["rest"];
	marks: LineMarks;
	view: DiffView;
}

/** The blocks of the diff, those near the screen drawn, with the way from change to change. */
function Lines({ left, right, diff, rest, marks, view }: LinesProps) {
	const isSplit = view.layout === "split";
	const readPrompt = useReadPrompt();
	const [unfolded, setUnfolded] = useState<ReadonlyMap<string, readonly DiffRow[]>>(new Map());
	const [failure, setFailure] = useState<string | null>(null);
	const [later, setLater] = useState<Comparison["parts"]>([]);
	useEffect(() => {
		let isWanted = true;
		void rest?.then((parts) => {
			if (isWanted) setLater(parts);
		});
		return () => {
			isWanted = false;
		};
	}, [rest]);
	const first = useMemo(() => blocksOf(diff.parts), [diff.parts]);
	const folded = useMemo(() => [...first, ...blocksOf(later)], [first, later]);
	const blocks = useMemo(
		() =>
			folded.flatMap((block): Block[] => {
				const rows = unfolded.get(block.key);
				return rows === undefined ? [block] : rowBlocks(rows);
			}),
		[folded, unfolded],
	);
	const anchors = useMemo(() => changeAnchors(blocks), [blocks]);
	const [near, setNear] = useState<ReadonlySet<string>>(() => firstBlocks(first));
	const [place, setPlace] = useState(-1);
	const folds = folded.filter((block) => block.kind === "fold");
	const isWhole = folds.length > 0 && folds.every(({ key }) => unfolded.has(key));

	const draw = (keys: readonly string[]) => setNear((known) => new Set([...known, ...keys]));
	async function unfold(wanted: readonly { key: string; fold: Fold }[]) {
		setFailure(null);
		try {
			const [before, after] = (await Promise.all([readPrompt(left), readPrompt(right)])).map(splitLines);
			if (before === undefined || after === undefined) return;
			setUnfolded((known) => {
				const next = new Map(known);
				for (const { key, fold } of wanted) {
					next.set(key, unfoldedRows(fold, before, after));
				}
				return next;
			});
		} catch (error) {
			setFailure(error instanceof Error ? error.message : "The prompts could not be read.");
		}
	}
	const goTo = useTarget((anchor) => {
		const index = blockOfAnchor(blocks, anchor);
		const block = blocks[index];
		if (block === undefined) return;
		if (block.kind === "fold") void unfold([block]);
		// With its neighbours: what stands above the target must have its height before the page scrolls.
		draw(blocks.slice(Math.max(0, index - 1), index + 2).map(({ key }) => key));
	});
	function step(by: 1 | -1) {
		const next = (place + by + anchors.length) % anchors.length;
		const from = place === -1 && by === -1 ? anchors.length - 1 : next;
		setPlace(from);
		const anchor = anchors[from];
		if (anchor !== undefined) goTo(anchor);
	}
	useSingleKeys({ n: () => step(1), p: () => step(-1) });

	return (
		<>
			<div className="mb-2 flex flex-wrap items-center gap-2 text-ink-muted text-xs">
				<IconButton label="Previous change (p)" onClick={() => step(-1)}>
					<ChevronUp aria-hidden className="size-4" />
				</IconButton>
				<IconButton label="Next change (n)" onClick={() => step(1)}>
					<ChevronDown aria-hidden className="size-4" />
				</IconButton>
				<CopyButton
					icon={LinkIcon}
					label="Copy a link to this change"
					text={() => linkTo(anchors[Math.max(0, place)] ?? "")}
				/>
				<span role="status" className="tabular-nums">
					{place === -1
						? countOf(diff.changes, "change")
						: `Change ${formatNumber(place + 1)} of ${formatNumber(diff.changes)}`}
				</span>
				{folds.length === 0 ? null : (
					<button
						type="button"
						className="ml-auto rounded px-1.5 py-0.5 hover:bg-hover hover:text-ink"
						onClick={() => (isWhole ? setUnfolded(new Map()) : void unfold(folds))}
					>
						{isWhole ? "Fold unchanged lines" : "Show all lines"}
					</button>
				)}
			</div>
			{failure === null ? null : (
				<Notice tone="bad" role="alert" className="mb-2">
					{failure}
				</Notice>
			)}
			<div
				dir="ltr"
				{...(view.isWrapped ? {} : { tabIndex: 0, role: "group", "aria-label": "Lines, scrolling sideways" })}
				className={clsx(
					"rounded-md border border-line",
					view.isWrapped ? "overflow-clip" : "diff-unwrapped overflow-x-auto",
				)}
			>
				<p aria-hidden className="diff-heads">
					{(isSplit ? [left.label, right.label] : [`${left.label} and ${right.label.toLowerCase()}`]).map(
						(head) => (
							<span key={head}>{head}</span>
						),
					)}
				</p>
				{blocks.map((block) =>
					block.kind === "fold" ? (
						<FoldButton key={block.key} fold={block.fold} onUnfold={() => void unfold([block])} />
					) : (
						<NearScreen
							key={block.key}
							isNear={near.has(block.key)}
							onNear={() => draw([block.key])}
							height={estimatedHeight(block.rows, isSplit)}
						>
							<DiffRows rows={block.rows} isSplit={isSplit} marks={marks} />
						</NearScreen>
					),
				)}
				{rest !== null && later.length === 0 ? (
					<p role="status" className="p-3 text-ink-muted">
						Loading the rest of the diff
					</p>
				) : null}
			</div>
		</>
	);
}

function useReadPrompt(): (source: PromptSource) => Promise<string> {
	const queryClient = useQueryClient();
	return async ({ deploymentId, side }) =>
		(await queryClient.fetchQuery(promptsQuery(browserApi, deploymentId)))[side];
}

/** The blocks that the first screen shows, and no more. */
function firstBlocks(blocks: readonly Block[]): Set<string> {
	const first = new Set<string>();
	let height = 0;
	for (const block of blocks) {
		if (height > 1_200) break;
		first.add(block.key);
		height += block.kind === "fold" ? 28 : estimatedHeight(block.rows, true);
	}
	return first;
}

function linkTo(anchor: string): string {
	const url = new URL(window.location.href);
	url.hash = anchor;
	return url.href;
}

function FoldButton({ fold, onUnfold }: { fold: Fold; onUnfold: () => void }) {
	return (
		<button
			type="button"
			onClick={onUnfold}
			className="block w-full border-line border-y bg-surface px-3 py-1 text-left text-ink-muted text-xs first-of-type:border-t-0 hover:bg-hover hover:text-ink"
		>
			{countOf(fold.count, "unchanged line")}: show
		</button>
	);
}

interface NearScreenProps {
	isNear: boolean;
	onNear: () => void;
	height: number;
	children: ReactNode;
}

/** Keeps the place of what is far from the screen, and asks for it when it comes near. */
function NearScreen({ isNear, onNear, height, children }: NearScreenProps) {
	const box = useRef<HTMLDivElement>(null);
	const onNearNow = useRef(onNear);
	useEffect(() => {
		onNearNow.current = onNear;
	});
	useEffect(() => {
		if (isNear || box.current === null) return;
		const observer = new IntersectionObserver(
			([entry]) => {
				if (entry?.isIntersecting) onNearNow.current();
			},
			{ rootMargin: "1200px 0px" },
		);
		observer.observe(box.current);
		return () => observer.disconnect();
	}, [isNear]);
	if (isNear) return children;
	return <div ref={box} data-undrawn style={{ height }} />;
}
