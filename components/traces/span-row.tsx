"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId, useState } from "react";
import { actionTypeLabel } from "@/components/control/action-labels";
import { JsonBlock } from "@/components/ui/json-value";
import { PlainText } from "@/components/ui/plain-text";
import type { RemediationChain } from "@/lib/contract/remediation";
import type { Span } from "@/lib/contract/trace";
import { formatMoment, formatNumber } from "@/lib/format";
import { routes } from "@/lib/routes";
import type { WaterfallRow } from "@/lib/rules/traces/waterfall";
import { ForeignValue } from "./foreign-value";

/** Deeper spans stand no further in: a name has to keep its room. */
const indentedMax = 8;

interface SpanRowProps {
	row: WaterfallRow;
	/** The action that has made this span anew, if one has. */
	madeBy: RemediationChain["steps"][number] | null;
	/** True where its bar says nothing of when it began. */
	isMadeAfterwards?: boolean;
}

/** A span: its name at its depth, its times in words, its bar, and one press away what went in and came out. */
export function SpanRow({ row, madeBy, isMadeAfterwards = false }: SpanRowProps) {
	const { span, depth, startMs, durationMs, bar } = row;
	const [isOpen, setIsOpen] = useState(false);
	const detailId = useId();
	const tone = span.error ? "bg-bad" : span.type === "llm" ? "bg-accent" : "bg-line-strong";
	return (
		<li className="border-line border-t">
			<button
				type="button"
				aria-expanded={isOpen}
				aria-controls={detailId}
				onClick={() => setIsOpen(!isOpen)}
				className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 py-1.5 text-left hover:bg-surface lg:grid-cols-[16rem_12rem_minmax(0,1fr)]"
			>
				<span
					className="flex min-w-0 items-center gap-1"
					style={{ paddingLeft: `${Math.min(depth, indentedMax) * 0.875}rem` }}
				>
					<ChevronRight
						aria-hidden
						className={`size-3.5 shrink-0 text-ink-muted ${isOpen ? "rotate-90" : ""}`}
					/>
					<span className="min-w-0 truncate">
						{depth === 0 ? null : <span className="sr-only">Level {depth + 1}: </span>}
						<PlainText text={span.name} isOneLine />
						<span className="ml-1.5 text-ink-muted text-xs">
							<PlainText text={span.type} isOneLine />
						</span>
					</span>
				</span>
				<span className="text-ink-muted text-xs">
					{span.error ? <span className="font-medium text-bad">failed </span> : null}
					{isMadeAfterwards
						? tookInWords(durationMs)
						: `${tookInWords(durationMs)}, ${startInWords(startMs)}`}
				</span>
				<span aria-hidden className="relative h-2.5 max-lg:col-span-2">
					{bar === null ? null : (
						<span
							className={`absolute inset-y-0 min-w-0.5 rounded-sm ${tone}`}
							style={{ left: `min(${bar.left}%, 100% - 2px)`, width: `${bar.width}%` }}
						/>
					)}
				</span>
			</button>
			{madeBy === null ? null : (
				<p className="pb-1.5 pl-5 text-ink-muted text-xs">
					Made by{" "}
					<Link href={routes.action(madeBy.action_id)} prefetch={false} className="text-accent underline">
						{actionTypeLabel(madeBy.intended_action_type ?? madeBy.action_type)}
					</Link>
					{span.start_time ? `, begun ${formatMoment(span.start_time)}` : ", start not recorded"}
				</p>
			)}
			<div id={detailId} hidden={!isOpen} className="pb-3 pl-5">
				{isOpen ? <SpanDetail span={span} /> : null}
			</div>
		</li>
	);
}

function SpanDetail({ span }: { span: Span }) {
	const { model, prompt_tokens, completion_tokens, cost, metadata } = span;
	const figures = [
		...(prompt_tokens != null ? [`${formatNumber(prompt_tokens)} tokens in`] : []),
		...(completion_tokens != null ? [`${formatNumber(completion_tokens)} tokens out`] : []),
		...(cost != null ? [`cost ${formatNumber(cost)}`] : []),
	];
	return (
		<div className="grid gap-3 lg:grid-cols-2">
			{span.error ? (
				<Part title="Error">
					<span className="text-bad">
						<PlainText text={span.error} />
					</span>
				</Part>
			) : null}
			{model || figures.length > 0 ? (
				<Part title="Model and figures">
					{model ? <PlainText text={model} /> : "No model recorded"}
					{figures.length === 0 ? "" : `, ${figures.join(", ")}`}
				</Part>
			) : null}
			<Part title="Input">
				<ForeignValue value={span.input} />
			</Part>
			<Part title="Output">
				<ForeignValue value={span.output} />
			</Part>
			{metadata && Object.keys(metadata).length > 0 ? (
				<Part title="Metadata">
					<JsonBlock value={metadata} />
				</Part>
			) : null}
		</div>
	);
}

function Part({ title, children }: { title: string; children: ReactNode }) {
	return (
		<div className="min-w-0">
			<h3 className="text-ink-muted text-xs">{title}</h3>
			<div>{children}</div>
		</div>
	);
}

function tookInWords(durationMs: number | null): string {
	return durationMs === null ? "took an unknown time" : `took ${formatNumber(durationMs)} ms`;
}

function startInWords(startMs: number | null): string {
	return startMs === null ? "start not recorded" : `from ${formatNumber(startMs)} ms on`;
}
