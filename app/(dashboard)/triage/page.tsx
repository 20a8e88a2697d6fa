import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { TriageScreen } from "@/components/triage/triage-screen";
import { announcedExtensions } from "@/lib/client/extensions";
import { firesQuery } from "@/lib/client/queries/fires";
import { projectsQuery } from "@/lib/client/queries/projects";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";
import { getEnvironment } from "@/lib/env";

export const metadata: Metadata = { title: "Triage" };

// What is on fire comes with the page; the rest is read while somebody looks at that.
export default async function TriagePage() {
	const queryClient = createQueryClient();
	const api = getServerApi();
	const extensions = await announcedExtensions(getEnvironment().apiUrl);
	await Promise.all([
		queryClient.prefetchQuery(firesQuery(api, extensions.has("queue"))),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<TriageScreen />
		</HydrationBoundary>
	);
}
