"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { StatusMark } from "@/components/deployments/status-mark";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { Age } from "@/components/ui/clock";
import { PageMessage } from "@/components/ui/page-message";
import { Panel } from "@/components/ui/panel";
import { ShortId } from "@/components/ui/short-id";
import { statusOf } from "@/lib/client/api-error";
import { browserApi } from "@/lib/client/browser-client";
import { deploymentQuery, promptsQuery } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { reviewQueueQuery } from "@/lib/client/queries/review-queue";
import type { DiffView } from "@/lib/diff-view";
import { shortenId } from "@/lib/format";
import type { PreparedReview, ShownComparison } from "@/lib/review/prepared-review";
import { AbReportPanel } from "./ab-report-panel";
import { useArrival } from "./arrival";
import { DecisionPanel } from "./decision-panel";
import { FindingsPanel } from "./findings-panel";
import { HistoryPanels } from "./history-panels";
import { PresenceNotice } from "./presence-notice";
import { PromptPicture } from "./prompt-picture";
import { QueueSteps } from "./queue-steps";
import { Rationale } from "./rationale";
import { VerdictLine } from "./verdict-line";

interface ReviewScreenProps {
	id: string;
	/** Null when the server could not read the deployment. */
	review: PreparedReview | null;
	diffView: DiffView;
}

/** One proposal: what changed, why, what the proof is, and the decision. */
export function ReviewScreen({ id, review, diffView }: ReviewScreenProps) {
	const query = useQuery(deploymentQuery(browserApi, id));
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const [shown, setShown] = useState<ShownComparison>({ kind: "proposed" });
	const deployment = query.data;
	useArrival();
	useFreshReview(id, deployment?.updated_at, review);
	if (deployment === undefined || review === null) return <Unreadable error={query.error} />;
	const projectName = projects?.find((project) => project.id === deployment.project_id)?.name;
	return (
		<div className="px-3 pt-3 pb-28 sm:px-5 lg:pb-10">
			<div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-muted">
				<QueueSteps id={id} />
				<span className="min-w-0 font-medium text-ink [overflow-wrap:anywhere]">
					{projectName ?? shortenId(deployment.project_id)}
				</span>
				<span className="min-w-0">
					cluster <ShortId id={deployment.cluster_signature} what="cluster signature" />
				</span>
				<span className="flex items-center gap-2 sm:ml-auto">
					<StatusMark status={deployment.status} />
					<span aria-hidden>·</span>
					<span className="text-ink-muted">
						proposed <Age at={deployment.created_at} suffix=" ago" />
					</span>
				</span>
			</div>
			<LiveDataNotice query={query} />
			<PresenceNotice deploymentId={id} />
			<Rationale text={deployment.rationale} />
			<div className="flex flex-col gap-6 lg:grid lg:grid-cols-[minmax(0,1fr)_360px] xl:grid-cols-[minmax(0,1fr)_400px]">
				<div className="min-w-0 max-lg:order-2">
					<PromptPicture id={id} review={review} shown={shown} diffView={diffView} />
				</div>
				{/* One column beside the diff; on a narrow screen its parts stand before and behind the diff. */}
				<aside
					aria-label="Decision and evidence"
					className="min-w-0 max-lg:contents lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:self-start lg:overflow-y-auto"
				>
					<div className="max-lg:order-1">
						<Panel title="Verdict">
							<VerdictLine evidence={review.evidence} deployment={deployment} />
						</Panel>
					</div>
					<div data-no-print className="border-line border-t pt-4 max-lg:order-3">
						<DecisionPanel
							deployment={deployment}
							review={review}
							projectName={projectName ?? "this project"}
						/>
					</div>
					<div className="border-line border-t pt-4 max-lg:order-1">
						<FindingsPanel review={review} shown={shown} onShow={setShown} />
					</div>
					<div className="border-line border-t pt-4 max-lg:order-3">
						<AbReportPanel
							report={deployment.ab_report ?? null}
							status={deployment.status}
							evidence={review.evidence}
						/>
						<HistoryPanels deployment={deployment} review={review} />
					</div>
				</aside>
			</div>
		</div>
	);
}

/** Asks the server for the comparison again when the record has changed since it was made. */
function useFreshReview(id: string, updatedAt: string | undefined, review: PreparedReview | null): void {
	const router = useRouter();
	const queryClient = useQueryClient();
	const asked = useRef(review?.updatedAt);
	useEffect(() => {
		if (updatedAt === undefined || updatedAt === asked.current) return;
		asked.current = updatedAt;
		void queryClient.invalidateQueries({ queryKey: promptsQuery(browserApi, id).queryKey });
		void queryClient.invalidateQueries({ queryKey: reviewQueueQuery(browserApi).queryKey });
		router.refresh();
	}, [id, updatedAt, router, queryClient]);
}

function Unreadable({ error }: { error: Error | null }) {
	if (error === null) return <PageMessage title="Reading the deployment" />;
	return (
		<PageMessage title={statusOf(error) === 404 ? "Not found" : "The deployment could not be read"}>
			<p>{error.message} This page keeps trying.</p>
		</PageMessage>
	);
}
