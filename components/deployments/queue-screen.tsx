"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useEffect } from "react";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { PageMessage } from "@/components/ui/page-message";
import { browserApi } from "@/lib/client/browser-client";
import { lastQueue } from "@/lib/client/kept-text";
import {
	deploymentCountsQuery,
	deploymentPageQuery,
	deploymentsPageSize,
} from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { Pager } from "./pager";
import { QueueFilters } from "./queue-filters";
import { QueueRows } from "./queue-rows";
import { QueueSkeletonRows } from "./queue-skeleton";
import { queueParamsOf, queueSearchParams } from "./search-params";

/** The queue: what waits for me? Filters and page live in the URL; the rows refresh by themselves. */
export function QueueScreen() {
	const [filters, setFilters] = useQueryStates(queueSearchParams, { history: "push" });
	const params = queueParamsOf(filters);
	const list = useQuery(deploymentPageQuery(browserApi, params));
	const { data: counts } = useQuery(deploymentCountsQuery(browserApi, params.projectId));
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const { status, project, page } = filters;
	useEffect(() => lastQueue.write({ status, project, page }), [status, project, page]);
	const isFiltered = filters.status !== null || filters.project !== null;

	return (
		<div className="px-3 pb-10 sm:px-5">
			<h1 className="sr-only">Deployments</h1>
			<QueueFilters
				filters={filters}
				counts={counts ?? null}
				projects={projects ?? []}
				onChange={(change) => void setFilters({ ...change, page: null })}
			/>
			<LiveDataNotice query={list} />
			{list.data ? (
				<>
					{list.data.items.length > 0 ? (
						<div className={list.isPlaceholderData ? "opacity-60" : undefined}>
							<QueueRows items={list.data.items} projects={projects ?? []} />
						</div>
					) : (
						<NothingHere isFiltered={isFiltered} page={params.page} onClear={() => void setFilters(null)} />
					)}
					<Pager
						page={params.page}
						pageSize={deploymentsPageSize}
						shown={list.data.items.length}
						total={list.data.total}
						onChange={(page) => void setFilters({ page: page === 1 ? null : page }, { scroll: true })}
					/>
				</>
			) : list.isError ? (
				<PageMessage title="The deployments could not be read">
					<p>{list.error.message} This page keeps trying.</p>
				</PageMessage>
			) : (
				<QueueSkeletonRows />
			)}
		</div>
	);
}

function NothingHere({
	isFiltered,
	page,
	onClear,
}: {
	isFiltered: boolean;
	page: number;
	onClear: () => void;
}) {
	if (!isFiltered && page === 1) {
		return (
			<PageMessage title="No deployment yet">
				<p>
					Proposed prompts appear here by themselves. To bring some in now, post them to the API or run{" "}
					<code className="whitespace-nowrap">npm run import -- FILE</code>.
				</p>
			</PageMessage>
		);
	}
	return (
		<PageMessage title={page > 1 ? "This page is past the end" : "Nothing matches"}>
			<button type="button" onClick={onClear} className="text-accent underline">
				Show all deployments
			</button>
		</PageMessage>
	);
}
