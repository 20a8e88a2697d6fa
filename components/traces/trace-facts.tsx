import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { PlainText } from "@/components/ui/plain-text";
import { ShortId } from "@/components/ui/short-id";
import type { Span, Trace } from "@/lib/contract/trace";
import { countOf, formatMoment, formatNumber } from "@/lib/format";
import { routes } from "@/lib/routes";
import type { SplitSpans } from "@/lib/rules/traces/made-by-actions";

interface TraceFactsProps {
	trace: Trace;
	split: SplitSpans;
	projectName: string;
}

/** The figures of a trace and what it belongs to; a figure that nobody measured is said to be none. */
export function TraceFacts({ trace, split, projectName }: TraceFactsProps) {
	const { model, latency_ms, cost, tags, control_loop_depth: depth } = trace;
	const made = split.made.flatMap(({ spans }) => spans);
	const facts: [string, ReactNode][] = [
		["Project", projectName],
		["Started", formatMoment(trace.started_at)],
		["Ended", trace.ended_at ? formatMoment(trace.ended_at) : "Not recorded"],
		["Latency", <Latency key="latency" own={latency_ms} split={split} />],
		["Model", model ? <PlainText key="model" text={model} /> : "Not recorded"],
		["Tokens", <Tokens key="tokens" own={split.own} made={made} />],
		["Cost", typeof cost === "number" ? formatNumber(cost) : "Not recorded"],
		["Tags", tags?.length ? <PlainText key="tags" text={tags.join(", ")} /> : "None"],
		["Control loop", typeof depth === "number" ? `Depth ${formatNumber(depth)}` : "Not recorded"],
		[
			"Actions",
			<Link key="actions" href={routes.actionsBy({ trace: trace.id })} className="text-accent underline">
				Actions on this trace
			</Link>,
		],
		["Trace id", <ShortId key="id" id={trace.id} what="trace id" />],
	];
	return (
		<dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] content-start gap-x-3 gap-y-1.5">
			{facts.map(([name, value]) => (
				<Fragment key={name}>
					<dt className="text-ink-muted">{name}</dt>
					<dd className="min-w-0">{value}</dd>
				</Fragment>
			))}
		</dl>
	);
}

/** How long the run took; beside it what actions have made since, which is no part of that. */
function Latency({ own, split: { made } }: { own: number | null | undefined; split: SplitSpans }) {
	return (
		<>
			{typeof own === "number" ? `${formatNumber(own)} ms` : "Not measured"}
			{made.length === 0 ? null : (
				<span className="block text-ink-muted">
					Afterwards, by actions:{" "}
					{made
						.map(({ root }) =>
							typeof root.latency_ms === "number" ? `${formatNumber(root.latency_ms)} ms` : "not measured",
						)
						.join(", ")}
				</span>
			)}
		</>
	);
}

/** The tokens of the run; beside them those of what actions have made since, which are not the trace's own. */
function Tokens({ own, made }: { own: readonly Span[]; made: readonly Span[] }) {
	return (
		<>
			{tokensOf(own) ?? "Not counted"}
			{made.length === 0 ? null : (
				<span className="block text-ink-muted">
					Afterwards, by actions: {tokensOf(made) ?? "not counted"}
				</span>
			)}
		</>
	);
}

/** The tokens of those spans that were counted, or null: a trace itself has none. */
function tokensOf(spans: readonly Span[]): string | null {
	const counted = spans.filter(
		({ prompt_tokens, completion_tokens }) => prompt_tokens != null || completion_tokens != null,
	);
	if (counted.length === 0) return null;
	let [prompt, completion] = [0, 0];
	for (const { prompt_tokens, completion_tokens } of counted) {
		prompt += prompt_tokens ?? 0;
		completion += completion_tokens ?? 0;
	}
	return `${formatNumber(prompt)} in, ${formatNumber(completion)} out, in ${countOf(counted.length, "span")}`;
}
