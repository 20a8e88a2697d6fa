"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import type { RemediationChain } from "@/lib/contract/remediation";
import type { Trace } from "@/lib/contract/trace";
import { countOf, formatNumber } from "@/lib/format";
import { waterfallOf } from "@/lib/rules/traces/waterfall";
import { SpanRow } from "./span-row";

/** Spans that are drawn before somebody asks for the rest. */
const shownMax = 200;

interface SpanWaterfallProps {
	trace: Trace;
	steps: RemediationChain["steps"];
}

/** The spans of a trace, nested, each with a bar where its time was. */
export function SpanWaterfall({ trace, steps }: SpanWaterfallProps) {
	const [isWhole, setIsWhole] = useState(false);
	const { rows, totalMs } = useMemo(() => waterfallOf(trace), [trace]);
	if (rows.length === 0) return <p className="text-ink-muted">No span was recorded.</p>;
	const madeBy = new Map(
		steps.flatMap((step) => (step.diff ? [[step.diff.remediated_span_id, step] as const] : [])),
	);
	return (
		<>
			<p className="mb-1 text-ink-muted text-xs">
				{countOf(rows.length, "span")}
				{totalMs === 0 ? "; no times were recorded" : ` in ${formatNumber(totalMs)} ms`}
			</p>
			<ol aria-label="Spans" className="border-line border-b">
				{rows.slice(0, isWhole ? rows.length : shownMax).map((row) => (
					<SpanRow key={row.span.id} row={row} madeBy={madeBy.get(row.span.id) ?? null} />
				))}
			</ol>
			{!isWhole && rows.length > shownMax ? (
				<Button className="mt-2" onClick={() => setIsWhole(true)}>
					Show all {formatNumber(rows.length)} spans
				</Button>
			) : null}
		</>
	);
}
