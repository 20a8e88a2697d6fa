import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { loadTraceSearchParams } from "@/components/traces/search-params";
import { TracesScreen } from "@/components/traces/traces-screen";
import { projectsQuery } from "@/lib/client/queries/projects";
import { tracesQuery } from "@/lib/client/queries/traces";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";

export const metadata: Metadata = { title: "Traces" };

export default async function TracesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
	const { show, project } = await loadTraceSearchParams(searchParams);
	const queryClient = createQueryClient();
	const api = getServerApi();
	await Promise.all([
		queryClient.prefetchInfiniteQuery(tracesQuery(api, show, project)),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<TracesScreen />
		</HydrationBoundary>
	);
}
