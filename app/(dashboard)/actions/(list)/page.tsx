import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ActionsScreen } from "@/components/control/actions-screen";
import { appliedFilters, loadActionSearchParams, unknownIn } from "@/components/control/search-params";
import { getCaller } from "@/lib/auth/caller";
import { announcedExtensions } from "@/lib/client/extensions";
import { controlActionsQuery, killSwitchQuery, parkedActionsQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";
import { getEnvironment } from "@/lib/env";
import { isAllowed } from "@/lib/rules/authority";

export const metadata: Metadata = { title: "Control actions" };

export default async function ActionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
	const search = await searchParams;
	const filters = await loadActionSearchParams(search);
	const [caller, extensions] = await Promise.all([getCaller(), announcedExtensions(getEnvironment().apiUrl)]);
	const queryClient = createQueryClient();
	const api = getServerApi();
	await Promise.all([
		queryClient.prefetchInfiniteQuery(
			controlActionsQuery(api, appliedFilters(filters, extensions.has("action-filters"))),
		),
		caller !== null && isAllowed("list_parked_actions", caller)
			? queryClient.prefetchQuery(parkedActionsQuery(api))
			: Promise.resolve(),
		queryClient.prefetchQuery(killSwitchQuery(api)),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<ActionsScreen unknown={unknownIn(search, filters)} />
		</HydrationBoundary>
	);
}
