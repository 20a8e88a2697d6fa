"use client";

import clsx from "clsx";
import { ChevronDown, ChevronUp, Link as LinkIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { startTransition, useEffect, useMemo, useRef, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { useSingleKeys } from "@/components/ui/use-single-keys";
import type { DiffView } from "@/lib/diff-view";
import { countOf, formatNumber } from "@/lib/format";
import { splitLines } from "@/lib/rules/prompt-diff/lines";
import type { PromptDiff as Comparison, DiffRow } from "@/lib/rules/prompt-diff/model";
import { unfoldedRows } from "@/lib/rules/prompt-diff/unfold";
import {
	type Block,
	blockOfAnchor,
	blocksOf,
	changeAnchors,
	estimatedHeight,
	type FoldBlock,
	lineAnchor,
	rowBlocks,
} from "./blocks";
import { FoldButton } from "./fold-button";
import { NearScreen } from "./near-screen";
import type { PromptDiffProps } from "./prompt-diff-props";
import { useReadPrompt } from "./use-read-prompt";
import { useTarget } from "./use-target";
import { stepInside } from "./words-in-sight";

// The library is the heaviest part of the page: what the server has drawn stands there until it has come.
const DiffRows = dynamic(() => import("./diff-rows"));

interface DiffLinesProps extends Omit<PromptDiffProps, "initialView"> {
	view: DiffView;
}

/** The blocks of the diff, those near the screen drawn, with the way from change to change. */
export function DiffLines({ left, right, diff, rest, marks, view }: DiffLinesProps) {
	const isSplit = view.layout === "split";
	const readPrompt = useReadPrompt();
	const [unfolded, setUnfolded] = useState<ReadonlyMap<string, readonly DiffRow[]>>(new Map());
	const [failure, setFailure] = useState<string | null>(null);
	const [later, setLater] = useState<Comparison["parts"]>([]);
	useEffect(() => {
		let isWanted = true;
		void rest?.then((parts) => {
			// A few hundred blocks: drawn in pieces, between which the page answers.
			if (isWanted) startTransition(() => setLater(parts));
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

	const isRestComing = rest !== null && later.length === 0;
	const folding = useRef(new Map<string, "reading" | "failed">());
	const [missing, setMissing] = useState<string | null>(null);

	const draw = (keys: readonly string[]) => {
		setNear((known) => (keys.every((key) => known.has(key)) ? known : new Set([...known, ...keys])));
	};
	async function unfold(wanted: readonly FoldBlock[]) {
		setFailure(null);
		setMissing(null);
		for (const { key } of wanted) folding.current.set(key, "reading");
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
			for (const { key } of wanted) folding.current.delete(key);
		} catch (error) {
			for (const { key } of wanted) folding.current.set(key, "failed");
			setFailure(error instanceof Error ? error.message : "The prompts could not be read.");
		}
	}
	/** By its own button, which is gone then: the focus goes on at the first line that it has shown. */
	async function unfoldInPlace(block: FoldBlock) {
		await unfold([block]);
		focusWhenDrawn(lineAnchor("current", block.fold.left));
	}
	const goTo = useTarget((anchor, isFirst) => {
		if (isFirst) setMissing(null);
		const index = blockOfAnchor(blocks, anchor);
		const block = blocks[index];
		if (block === undefined) return isRestComing ? "coming" : "missing";
		if (block.kind === "fold") {
			const state = isFirst ? undefined : folding.current.get(block.key);
			if (state === "failed") return "missing";
			if (state === undefined) void unfold([block]);
		}
		draw(blocks.slice(Math.max(0, index - 1), index + 2).map(({ key }) => key));
		return "coming";
	}, setMissing);
	function step(by: 1 | -1) {
		if (anchors.length === 0) return;
		const here = anchors[place];
		if (here !== undefined && stepInside(here, by)) return;
		const next = (place + by + anchors.length) % anchors.length;
		const from = place === -1 && by === -1 ? anchors.length - 1 : next;
		setPlace(from);
		const anchor = anchors[from];
		if (anchor !== undefined) goTo(anchor);
	}
	useSingleKeys({ n: () => step(1), p: () => step(-1) });

	return (
		<>
			<div className="sticky top-0 z-10 flex flex-wrap items-center gap-2 bg-page py-1 text-ink-muted text-xs print:static">
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
			{failure === null && missing === null ? null : (
				<Notice tone="bad" role="alert" className="mb-2">
					{failure ?? `There is no ${lineInWords(missing ?? "")} in this comparison.`}
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
						<FoldButton key={block.key} fold={block.fold} onUnfold={() => void unfoldInPlace(block)} />
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
				{isRestComing ? (
					<p role="status" className="p-3 text-ink-muted">
						Loading the rest of the diff
					</p>
				) : null}
			</div>
		</>
	);
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

const focusFrames = 60;

/** The rows of a fold are drawn a moment after it is opened; a person who has gone elsewhere meanwhile stays there. */
function focusWhenDrawn(anchor: string, frames = focusFrames): void {
	const number = document.getElementById(anchor);
	if (number === null) {
		if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(anchor, frames - 1));
	} else if (document.activeElement === document.body) number.focus({ preventScroll: true });
}

function lineInWords(anchor: string): string {
	return `line ${anchor.slice(1)} on the ${anchor.startsWith("C") ? "left" : "right"}`;
}

function linkTo(anchor: string): string {
	const url = new URL(window.location.href);
	url.hash = anchor;
	return url.href;
}
