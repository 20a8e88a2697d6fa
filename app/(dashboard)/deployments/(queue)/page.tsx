import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { QueueScreen } from "@/components/deployments/queue-screen";
import { loadQueueSearchParams, queueParamsOf } from "@/components/deployments/search-params";
import { deploymentCountsQuery, deploymentPageQuery } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";

export const metadata: Metadata = { title: "Deployments" };

export default async function DeploymentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
	const params = queueParamsOf(await loadQueueSearchParams(searchParams));
	const queryClient = createQueryClient();
	const api = getServerApi();
	await Promise.all([
		queryClient.prefetchQuery(deploymentPageQuery(api, params)),
		queryClient.prefetchQuery(deploymentCountsQuery(api, params.projectId)),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<QueueScreen />
		</HydrationBoundary>
	);
}
