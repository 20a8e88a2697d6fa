"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { Button } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";
import { browserApi } from "@/lib/client/browser-client";
import { controlActionsQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import { ActionRow } from "./action-row";
import { KillSwitchControl } from "./kill-switch-control";

/** What was done to running traffic, newest first, and the switch that stops all of it. */
export function ActionsScreen() {
	const query = useInfiniteQuery(controlActionsQuery(browserApi));
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const actions = query.data?.pages.flatMap((page) => page.actions) ?? [];
	return (
		<div className="px-3 pb-10 sm:px-5">
			<div className="flex flex-wrap items-start justify-between gap-3 py-4">
				<h1 className="font-medium text-lg">Control actions</h1>
				<KillSwitchControl />
			</div>
			<LiveDataNotice query={query} />
			{query.data === undefined ? (
				<PageMessage title={query.isError ? "The actions could not be read" : "Reading the actions"}>
					{query.isError ? <p>{query.error.message} This page keeps trying.</p> : null}
				</PageMessage>
			) : actions.length === 0 ? (
				<PageMessage title="No action yet">
					<p>Actions are executed from the page of a deployment, or by the platform's own policies.</p>
				</PageMessage>
			) : (
				<ul className="border-line border-b">
					{actions.map((action) => (
						<ActionRow
							key={action.id}
							action={action}
							projectName={projects?.find(({ id }) => id === action.project_id)?.name}
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
		</div>
	);
}
