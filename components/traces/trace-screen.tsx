"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useMemo } from "react";
import { ExecuteActionButton } from "@/components/control/execute-action-button";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import { Notice } from "@/components/ui/notice";
import { PageMessage } from "@/components/ui/page-message";
import { Panel } from "@/components/ui/panel";
import { PlainText } from "@/components/ui/plain-text";
import { useFailure } from "@/components/ui/use-failure";
import { browserApi } from "@/lib/client/browser-client";
import { projectsQuery } from "@/lib/client/queries/projects";
import { remediationsQuery, traceQuery } from "@/lib/client/queries/traces";
import type { RemediationChain } from "@/lib/contract/remediation";
import type { Trace } from "@/lib/contract/trace";
import { shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { splitSpans } from "@/lib/rules/traces/made-by-actions";
import { ForeignValue } from "./foreign-value";
import { spansOfDiff } from "./remediation-figures";
import { RemediationSteps } from "./remediation-steps";
import { SpanWaterfall } from "./span-waterfall";
import { TraceFacts } from "./trace-facts";

/** One trace: what went in, what came out, what went wrong, where the time went, and what was done about it. */
export function TraceScreen({ id }: { id: string }) {
	const query = useQuery(traceQuery(browserApi, id));
	const failure = useFailure(query);
	const steps = useQuery(remediationsQuery(browserApi, id));
	const stepsFailure = useFailure(steps);
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const trace = query.data;
	const isOld =
		steps.data?.steps.some(({ diff }) => diff && trace && spansOfDiff(diff, trace) === null) === true;
	const { refetch: readTraceAgain } = query;
	useEffect(() => {
		// An action has made a span since the trace was read.
		if (isOld) void readTraceAgain();
	}, [isOld, readTraceAgain]);
	return (
		<div className="px-3 pb-10 sm:px-5">
			<p className="pt-3">
				<Link href={routes.traces()} className="text-accent underline">
					Traces
				</Link>
			</p>
			{trace === undefined ? (
				<PageMessage title={failure ? "The trace could not be read" : "Reading the trace"}>
					{failure ? (
						<>
							<p>{failure.message}</p>
							<Button className="mt-3" onClick={() => void query.refetch()}>
								Try again
							</Button>
						</>
					) : null}
				</PageMessage>
			) : (
				<TracePage
					trace={trace}
					steps={{ data: steps.data, error: stepsFailure }}
					projectName={
						projects?.find((project) => project.id === trace.project_id)?.name ?? shortenId(trace.project_id)
					}
				/>
			)}
		</div>
	);
}

interface Steps {
	data: RemediationChain | undefined;
	error: Error | null;
}

const noSteps: RemediationChain["steps"] = [];

function TracePage({ trace, steps, projectName }: { trace: Trace; steps: Steps; projectName: string }) {
	const taken = steps.data?.steps ?? noSteps;
	const split = useMemo(() => splitSpans(trace.spans, taken), [trace.spans, taken]);
	return (
		<>
			<div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
				<h1 className="font-medium text-lg">
					Trace: <PlainText text={trace.name || shortenId(trace.id)} isOneLine />
				</h1>
				<span className="text-ink-muted">
					{projectName}, <Age at={trace.started_at} suffix=" ago" />
				</span>
				<div className="ml-auto">
					<ExecuteActionButton projectId={trace.project_id} projectName={projectName} traceId={trace.id} />
				</div>
			</div>
			{trace.error ? (
				<Notice tone="bad" className="mb-4">
					<PlainText text={trace.error} />
				</Notice>
			) : null}
			<div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
				<div className="min-w-0">
					<Panel title="Input">
						<ForeignValue value={trace.input} />
					</Panel>
					<Panel title="Output">
						<ForeignValue value={trace.output} />
					</Panel>
					<Panel title="Spans">
						<SpanWaterfall trace={trace} split={split} steps={taken} />
					</Panel>
					<Panel title="What was done about it">
						<RemediationSteps trace={trace} steps={steps} />
					</Panel>
				</div>
				<aside className="min-w-0">
					<TraceFacts trace={trace} split={split} projectName={projectName} />
				</aside>
			</div>
		</>
	);
}
