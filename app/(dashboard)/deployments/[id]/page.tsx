import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReviewScreen } from "@/components/review/review-screen";
import { statusOf } from "@/lib/client/api-error";
import { decisionsQuery, deploymentQuery } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";

export const metadata: Metadata = { title: "Review" };

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
	const { id } = await params;
	const queryClient = createQueryClient();
	const api = getServerApi();
	const [found] = await Promise.allSettled([
		queryClient.fetchQuery({ ...deploymentQuery(api, id), retry: false }),
		queryClient.prefetchQuery(projectsQuery(api)),
		queryClient.prefetchQuery(decisionsQuery(api, id)),
	]);
	// An id that is no id cannot name anything, so to the person it is the same as one that is not there.
	if (found.status === "rejected" && [400, 404].includes(statusOf(found.reason) ?? 0)) notFound();
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<ReviewScreen id={id} />
		</HydrationBoundary>
	);
}
