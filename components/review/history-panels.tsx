import { HydrationBoundary } from "@tanstack/react-query";
import { Suspense, use } from "react";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { PreparedReview } from "@/lib/review/prepared-review";
import { EarlierCandidates } from "./earlier-candidates";
import { ExportPanel } from "./export-panel";
import { RecordFacts } from "./record-facts";
import { TimelinePanel } from "./timeline-panel";

interface HistoryPanelsProps {
	deployment: DeploymentSummary;
	review: PreparedReview;
}

/** What stands below the evidence and is seen last; it follows the first paint, which it would hold up. */
export function HistoryPanels(props: HistoryPanelsProps) {
	return (
		<Suspense
			fallback={
				<p role="status" className="border-line border-t py-4 text-ink-muted">
					Loading the timeline and the record
				</p>
			}
		>
			<Panels {...props} />
		</Suspense>
	);
}

function Panels({ deployment, review }: HistoryPanelsProps) {
	const state = use(review.history);
	return (
		<HydrationBoundary state={state}>
			<EarlierCandidates later={review.later} />
			<TimelinePanel deployment={deployment} keepsActionOrigin={review.keeps.actionOrigin} />
			<ExportPanel id={deployment.id} />
			<RecordFacts deployment={deployment} />
		</HydrationBoundary>
	);
}
