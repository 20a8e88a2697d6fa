import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ActionScreen } from "@/components/control/action-screen";
import { getCaller } from "@/lib/auth/caller";
import { statusOf } from "@/lib/client/api-error";
import { announcedExtensions } from "@/lib/client/extensions";
import { actionPeopleQuery, controlActionQuery, remediationDiffQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import { traceQuery } from "@/lib/client/queries/traces";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";
import { getEnvironment } from "@/lib/env";
import { isAllowed } from "@/lib/rules/authority";

export const metadata: Metadata = { title: "Control action" };

export default async function ActionPage({ params }: { params: Promise<{ id: string }> }) {
	const [{ id }, caller, extensions] = await Promise.all([
		params,
		getCaller(),
		announcedExtensions(getEnvironment().apiUrl),
	]);
	const queryClient = createQueryClient();
	const api = getServerApi();
	const [[found]] = await Promise.all([
		Promise.allSettled([
			queryClient.fetchQuery(controlActionQuery(api, id, extensions.has("action-filters"))),
		]),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	// An id that is no id cannot name anything, so to the person it is the same as one that is not there.
	if (found.status === "rejected" && [400, 404].includes(statusOf(found.reason) ?? 0)) notFound();
	if (found.status === "fulfilled") {
		const action = found.value;
		await Promise.all([
			action.status === "pending_approval"
				? Promise.resolve()
				: queryClient.prefetchQuery(remediationDiffQuery(api, action)),
			action.trace_id ? queryClient.prefetchQuery(traceQuery(api, action.trace_id)) : Promise.resolve(),
			caller !== null && isAllowed("read_audit_log", caller)
				? queryClient.prefetchQuery(actionPeopleQuery(api, action))
				: Promise.resolve(),
		]);
	}
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<ActionScreen id={id} />
		</HydrationBoundary>
	);
}
