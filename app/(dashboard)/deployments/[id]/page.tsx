import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { ReviewScreen } from "@/components/review/review-screen";
import { getCaller } from "@/lib/auth/caller";
import { getDirectory } from "@/lib/auth/directory";
import { statusOf } from "@/lib/client/api-error";
import { announcedExtensions } from "@/lib/client/extensions";
import { deploymentQuery, promptsOf, promptsQuery, summaryOf } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";
import { diffLayoutCookie, diffWrapCookie, parseDiffView } from "@/lib/diff-view";
import { getEnvironment } from "@/lib/env";
import { prepareReview } from "@/lib/review/prepare-review";
import { readDeployment } from "@/lib/review/read-deployment";

/** Prompts up to here, in UTF-16 units of both, go with the page; longer ones are read when they are asked for. */
const sentMaxLength = 60_000;

export const metadata: Metadata = { title: "Review" };

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
	const [{ id }, cookieStore] = await Promise.all([params, cookies()]);
	const queryClient = createQueryClient();
	const api = getServerApi();
	const extensionsRead = announcedExtensions(getEnvironment().apiUrl);
	const [[found], extensions, people] = await Promise.all([
		Promise.allSettled([readDeployment(api, id, extensionsRead)]),
		extensionsRead,
		readPeople(),
		queryClient.prefetchQuery(projectsQuery(api)),
	]);
	// An id that is no id cannot name anything, so to the person it is the same as one that is not there.
	if (found.status === "rejected" && [400, 404].includes(statusOf(found.reason) ?? 0)) notFound();
	const deployment = found.status === "fulfilled" ? found.value : null;
	if (deployment !== null) {
		const prompts = promptsOf(deployment);
		queryClient.setQueryData(deploymentQuery(api, id).queryKey, summaryOf(deployment));
		if (prompts.current.length + prompts.proposed.length <= sentMaxLength) {
			queryClient.setQueryData(promptsQuery(api, id).queryKey, prompts);
		}
	}
	// Before the context is looked at: what that reads is for the server alone.
	const state = dehydrate(queryClient);
	const review =
		deployment === null ? null : prepareReview(deployment, { queryClient, api, people, extensions });
	const view = parseDiffView(
		cookieStore.get(diffLayoutCookie)?.value,
		cookieStore.get(diffWrapCookie)?.value,
	);
	return (
		<HydrationBoundary state={state}>
			<ReviewScreen id={id} review={review} diffView={view} />
		</HydrationBoundary>
	);
}

/** Names by id, of whoever signed in belongs with; kept for a minute, and none where Clerk does not answer. */
async function readPeople(): Promise<Record<string, string>> {
	const caller = await getCaller();
	if (caller === null || caller.organizationId === null) return {};
	const { organizationId, organizationSlug } = caller;
	return (await getDirectory(organizationId, organizationSlug ?? organizationId)).people;
}
