"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import type { RemediationChain } from "@/lib/contract/remediation";
import type { Trace } from "@/lib/contract/trace";
import { countOf, formatNumber } from "@/lib/format";
import type { SplitSpans } from "@/lib/rules/traces/made-by-actions";
import { waterfallOf } from "@/lib/rules/traces/waterfall";
import { SpanRow } from "./span-row";

/** Spans that are drawn before somebody asks for the rest. */
const shownMax = 200;

interface SpanWaterfallProps {
	trace: Trace;
	split: SplitSpans;
	steps: RemediationChain["steps"];
}

/** The spans of a trace, nested, each with a bar where its time was; then those that actions have made since. */
export function SpanWaterfall({ trace, split: { own, made }, steps }: SpanWaterfallProps) {
	const [isWhole, setIsWhole] = useState(false);
	const { rows, totalMs } = useMemo(() => waterfallOf({ ...trace, spans: own }), [trace, own]);
	if (trace.spans.length === 0) return <p className="text-ink-muted">No span was recorded.</p>;
	return (
		<>
			<p className="mb-1 text-ink-muted text-xs">
				{countOf(rows.length, "span")}
				{totalMs === 0 ? "; no times were recorded" : ` in ${formatNumber(totalMs)} ms`}
			</p>
			<ol aria-label="Spans" className="border-line border-b">
				{rows.slice(0, isWhole ? rows.length : shownMax).map((row) => (
					<SpanRow key={row.span.id} row={row} madeBy={null} />
				))}
			</ol>
			{!isWhole && rows.length > shownMax ? (
				<Button className="mt-2" onClick={() => setIsWhole(true)}>
					Show all {formatNumber(rows.length)} spans
				</Button>
			) : null}
			{made.length === 0 ? null : <MadeAfterwards made={made} steps={steps} />}
		</>
	);
}

/** Hours may lie between a run and what was done about it: on one scale the run would shrink to nothing. */
function MadeAfterwards({ made, steps }: { made: SplitSpans["made"]; steps: RemediationChain["steps"] }) {
	const rows = useMemo(
		() => made.flatMap(({ spans }) => waterfallOf({ started_at: "", ended_at: "", spans }).rows),
		[made],
	);
	return (
		<>
			<p className="mt-4 mb-1 text-ink-muted text-xs">
				<span aria-hidden>⋯ </span>Made by actions afterwards, each on a scale of its own
			</p>
			<ol aria-label="Made by actions afterwards" className="border-line border-b">
				{rows.map((row) => (
					<SpanRow key={row.span.id} row={row} madeBy={makerOf(row.span, steps)} isMadeAfterwards />
				))}
			</ol>
		</>
	);
}

function makerOf({ id, metadata }: Trace["spans"][number], steps: RemediationChain["steps"]) {
	return (
		steps.find(
			({ action_id, diff }) => diff?.remediated_span_id === id || action_id === metadata?.control_action_id,
		) ?? null
	);
}
