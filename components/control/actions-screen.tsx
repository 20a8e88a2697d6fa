"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { useExtension } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageMessage } from "@/components/ui/page-message";
import { useFailure } from "@/components/ui/use-failure";
import { browserApi } from "@/lib/client/browser-client";
import { controlActionsQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import { routes } from "@/lib/routes";
import { ActionListFilters } from "./action-list-filters";
import { ActionRow } from "./action-row";
import { ExecuteActionButton } from "./execute-action-button";
import { KillSwitchControl } from "./kill-switch-control";
import { ParkedActions } from "./parked-actions";
import { actionSearchParams, appliedFilters } from "./search-params";

/** What was done to running traffic, newest first, what waits for an owner, and the switch that stops all of it. */
export function ActionsScreen({ unknown }: { unknown: readonly string[] }) {
	const canFilter = useExtension("action-filters");
	const [filters, setFilters] = useQueryStates(actionSearchParams, { history: "push" });
	const applied = appliedFilters(filters, canFilter);
	const query = useInfiniteQuery(controlActionsQuery(browserApi, applied));
	const failure = useFailure(query);
	const { data: projects = [] } = useQuery(projectsQuery(browserApi));
	const actions = query.data?.pages.flatMap((page) => page.actions) ?? [];
	const isNarrowed = Object.values(applied).some((value) => value !== null);
	const isIgnored = !canFilter && Object.values({ ...filters, trace: null }).some((value) => value !== null);
	return (
		<div className="px-3 pb-10 sm:px-5">
			<div className="flex flex-wrap items-start justify-between gap-3 py-4">
				<h1 className="font-medium text-lg">Control actions</h1>
				<KillSwitchControl />
			</div>
			<ParkedActions />
			<section aria-labelledby="all-actions" className="mt-6">
				<div className="mb-2 flex flex-wrap items-center justify-between gap-2">
					<h2 id="all-actions" className="font-medium text-base">
						All actions
					</h2>
					<div className="flex items-center gap-4">
						<Link href={routes.traces()} className="text-accent underline">
							Traces
						</Link>
						<ExecuteActionButton />
					</div>
				</div>
				<ActionListFilters
					filters={filters}
					projects={projects}
					canFilter={canFilter}
					onChange={(change) => void setFilters(change)}
				/>
				{unknown.length > 0 ? (
					<Notice tone="warn" role="status" className="mt-3">
						This page does not know {unknown.join(" and ")}, which the link asks for. It is not applied.
					</Notice>
				) : null}
				{isIgnored ? (
					<Notice tone="warn" role="status" className="mt-3">
						The link asks for a filter that this API does not have. It is not applied.
					</Notice>
				) : null}
				<LiveDataNotice query={query} />
				{query.data === undefined ? (
					<PageMessage title={failure ? "The actions could not be read" : "Reading the actions"}>
						{failure ? <p>{failure.message} This page keeps trying.</p> : null}
					</PageMessage>
				) : actions.length === 0 ? (
					<NoActions isNarrowed={isNarrowed} onClear={() => void setFilters(null)} />
				) : (
					<ul aria-label="Control actions, newest first" className="mt-3 border-line border-b">
						{actions.map((action) => (
							<ActionRow
								key={action.id}
								action={action}
								projectName={projects.find(({ id }) => id === action.project_id)?.name}
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
						{query.isFetchingNextPage ? "Reading" : "Show older actions"}
					</Button>
				) : null}
			</section>
		</div>
	);
}

function NoActions({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
	if (isNarrowed) {
		return (
			<PageMessage title="Nothing matches">
				<button type="button" onClick={onClear} className="text-accent underline">
					Show all actions
				</button>
			</PageMessage>
		);
	}
	return (
		<PageMessage title="No action yet">
			<p>Actions are executed from a trace or a deployment, or by the platform's own policies.</p>
		</PageMessage>
	);
}
