import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { QueueScreen } from "@/components/deployments/queue-screen";
import { loadQueueSearchParams, queueQuestionOf, unknownIn } from "@/components/deployments/search-params";
import { getCaller } from "@/lib/auth/caller";
import { announcedExtensions } from "@/lib/client/extensions";
import { projectsQuery } from "@/lib/client/queries/projects";
import { queueCountsQuery, queueTimesQuery, readFirstSlice } from "@/lib/client/queries/queue";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";
import { getEnvironment } from "@/lib/env";
import { lightenRow } from "@/lib/rules/queue/lighten-row";

export const metadata: Metadata = { title: "Deployments" };

export default async function DeploymentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
	const search = await searchParams;
	const filters = await loadQueueSearchParams(search);
	const [caller, extensions] = await Promise.all([getCaller(), announcedExtensions(getEnvironment().apiUrl)]);
	const drawnAt = Date.now();
	const source = extensions.has("queue") ? "queue" : "list";
	const question = queueQuestionOf(filters, caller?.role ?? null, drawnAt);
	const queryClient = createQueryClient();
	const api = getServerApi();
	const [first] = await Promise.all([
		// A list that cannot be read is said by the browser, which goes on trying.
		readFirstSlice(api, source, question)
			// As the gateway does with those that follow.
			.then((slice) => (source === "queue" ? { ...slice, items: slice.items.map(lightenRow) } : slice))
			.catch(() => null),
		queryClient.prefetchQuery(queueCountsQuery(api, source, question)),
		queryClient.prefetchQuery(projectsQuery(api)),
		source === "queue"
			? queryClient.prefetchQuery(queueTimesQuery(api, question.projectId ?? null))
			: Promise.resolve(),
	]);
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<QueueScreen drawnAt={drawnAt} first={first} unknown={unknownIn(search, filters)} />
		</HydrationBoundary>
	);
}
