"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { PageMessage } from "@/components/ui/page-message";
import { Segmented } from "@/components/ui/segmented";
import { useFailure } from "@/components/ui/use-failure";
import { browserApi } from "@/lib/client/browser-client";
import { projectsQuery } from "@/lib/client/queries/projects";
import { type TraceOutcome, tracesQuery } from "@/lib/client/queries/traces";
import { shownTraces, traceSearchParams } from "./search-params";
import { TraceRow } from "./trace-row";

const labels: Record<TraceOutcome, string> = {
	failed: "With an error",
	all: "All",
	fine: "Without an error",
};

/** The traces, newest first; at first those that have an error. */
export function TracesScreen() {
	const [{ show, project }, setFilters] = useQueryStates(traceSearchParams, { history: "push" });
	const query = useInfiniteQuery(tracesQuery(browserApi, show, project));
	const failure = useFailure(query);
	const { data: projects = [] } = useQuery(projectsQuery(browserApi));
	const traces = query.data?.pages.flatMap((page) => page.traces) ?? [];
	return (
		<div className="px-3 pb-10 sm:px-5">
			<h1 className="py-4 font-medium text-lg">Traces</h1>
			<search aria-label="Traces" className="flex flex-wrap items-center gap-2">
				<Segmented
					label="Which traces"
					value={show}
					options={shownTraces.map((value) => ({ value, label: labels[value] }))}
					onChange={(value) => void setFilters({ show: value })}
				/>
				<Select
					aria-label="Project"
					className="w-auto max-w-44"
					value={project ?? ""}
					onChange={(event) => void setFilters({ project: event.target.value || null })}
				>
					<option value="">All projects</option>
					{projects.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</Select>
			</search>
			<LiveDataNotice query={query} />
			{query.data === undefined ? (
				<PageMessage title={failure ? "The traces could not be read" : "Reading the traces"}>
					{failure ? <p>{failure.message} This page keeps trying.</p> : null}
				</PageMessage>
			) : traces.length === 0 ? (
				<PageMessage title={show === "failed" ? "No trace has an error" : "No trace here"} />
			) : (
				<ul aria-label="Traces, newest first" className="mt-3 border-line border-b">
					{traces.map((trace) => (
						<TraceRow
							key={trace.id}
							trace={trace}
							projectName={projects.find(({ id }) => id === trace.project_id)?.name}
						/>
					))}
				</ul>
			)}
			{query.hasNextPage ? (
				<Button
					className="mt-4"
					disabled={query.isFetchingNextPage}
					onClick={() => void query.fetchNextPage()}
				>
					{query.isFetchingNextPage ? "Reading" : "Show older traces"}
				</Button>
			) : null}
		</div>
	);
}
