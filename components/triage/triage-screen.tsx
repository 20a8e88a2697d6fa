"use client";

import { useQuery } from "@tanstack/react-query";
import { QueueRows } from "@/components/deployments/queue-rows";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { PageMessage } from "@/components/ui/page-message";
import { browserApi } from "@/lib/client/browser-client";
import { regressedDeploymentsQuery } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { countOf } from "@/lib/format";

/** What is hurting users now: the regressed deployments, each a step from its roll back. */
export function TriageScreen() {
	const query = useQuery(regressedDeploymentsQuery(browserApi));
	const { data: projects } = useQuery(projectsQuery(browserApi));
	return (
		<div className="px-3 pb-10 sm:px-5">
			<h1 className="py-4 font-medium text-lg">Triage</h1>
			<LiveDataNotice query={query} />
			{query.data === undefined ? (
				<PageMessage title={query.isError ? "The deployments could not be read" : "Reading the deployments"}>
					{query.isError ? <p>{query.error.message} This page keeps trying.</p> : null}
				</PageMessage>
			) : query.data.items.length === 0 ? (
				<p className="text-ink-muted">No live prompt has regressed.</p>
			) : (
				<>
					<p className="mb-2 text-ink-muted">
						{countOf(query.data.total, "live prompt has", "live prompts have")} regressed. Open one to roll it
						back or to execute an action.
					</p>
					<QueueRows items={query.data.items} projects={projects ?? []} />
				</>
			)}
		</div>
	);
}
