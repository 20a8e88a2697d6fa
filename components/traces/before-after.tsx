"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import type { Span } from "@/lib/contract/trace";
import { ForeignValue } from "./foreign-value";

// With the rules of the comparison, which no other part of these pages needs.
const ComparedTexts = dynamic(() => import("./compared-texts"));

/** UTF-16 units of both texts up to which they are compared: this happens in the browser as well. */
const comparedMaxLength = 300_000;

/** A span as it was and as an action has made it anew: the texts side by side, then what differs. */
export function BeforeAfter({ original, remediated }: { original: Span; remediated: Span }) {
	const [before, after] = [textOf(original.output), textOf(remediated.output)];
	const isSameInput = textOf(original.input) === textOf(remediated.input);
	const isShort = (before?.length ?? 0) + (after?.length ?? 0) <= comparedMaxLength;
	return (
		<div className="flex flex-col gap-3">
			{isSameInput ? (
				<Text title="Input of both">
					<ForeignValue value={original.input} />
				</Text>
			) : (
				<Sides title="Input" before={original.input} after={remediated.input} />
			)}
			<Sides title="Output" before={original.output} after={remediated.output} />
			{before === null || after === null ? null : (
				<div>
					<h3 className="mb-1 text-ink-muted text-xs">What differs in the output</h3>
					{isShort ? (
						<ComparedTexts before={before} after={after} what="The two outputs" />
					) : (
						<p className="text-ink-muted">The two outputs are too long to be compared here.</p>
					)}
				</div>
			)}
		</div>
	);
}

function Sides({ title, before, after }: { title: string; before: unknown; after: unknown }) {
	return (
		<div className="grid gap-3 lg:grid-cols-2">
			<Text title={`${title} before`}>
				<ForeignValue value={before} />
			</Text>
			<Text title={`${title} after`}>
				<ForeignValue value={after} />
			</Text>
		</div>
	);
}

function Text({ title, children }: { title: string; children: ReactNode }) {
	return (
		<div className="min-w-0">
			<h3 className="mb-1 text-ink-muted text-xs">{title}</h3>
			<div className="rounded-md bg-surface p-2 font-mono text-xs">{children}</div>
		</div>
	);
}

/** A text as it is and anything else as JSON; null where nothing was recorded. */
function textOf(value: unknown): string | null {
	if (value === undefined || value === null) return null;
	return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
