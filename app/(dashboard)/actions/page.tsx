import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ActionsScreen } from "@/components/control/actions-screen";
import { controlActionsQuery, killSwitchQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";

export const metadata: Metadata = { title: "Control actions" };

export default async function ActionsPage() {
	const queryClient = createQueryClient();
	const api = getServerApi();
	await Promise.all([
		queryClient.prefetchInfiniteQuery(controlActionsQuery(api)),
		queryClient.prefetchQuery(killSwitchQuery(api)),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<ActionsScreen />
		</HydrationBoundary>
	);
}
