import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TraceScreen } from "@/components/traces/trace-screen";
import { statusOf } from "@/lib/client/api-error";
import { projectsQuery } from "@/lib/client/queries/projects";
import { remediationsQuery, traceQuery } from "@/lib/client/queries/traces";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";

export const metadata: Metadata = { title: "Trace" };

export default async function TracePage({ params }: { params: Promise<{ id: string }> }) {
	const { id } = await params;
	const queryClient = createQueryClient();
	const api = getServerApi();
	const [[found]] = await Promise.all([
		Promise.allSettled([queryClient.fetchQuery(traceQuery(api, id))]),
		queryClient.prefetchQuery(remediationsQuery(api, id)),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	// An id that is no id cannot name anything, so to the person it is the same as one that is not there.
	if (found.status === "rejected" && [400, 404].includes(statusOf(found.reason) ?? 0)) notFound();
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<TraceScreen id={id} />
		</HydrationBoundary>
	);
}
