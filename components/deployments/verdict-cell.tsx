import { lazy, Suspense } from "react";
import type { QueueRow } from "@/lib/contract/queue";
import type { ShownVerdict } from "@/lib/rules/ab-report/shown-verdict";
import { isShownVerdict, VerdictFigures } from "./verdict-figures";

/** With the rules that read a report, which only rows of an API without our queue still need here. */
const ReportCell = lazy(() => import("./report-cell"));

/** What the A/B report proves, in a line: the verdict, the metric it rests on, and how sure that is. */
export function VerdictCell({ row }: { row: QueueRow }) {
	const { ab_report: report, status } = row;
	const shown = shownIn(row);
	if (shown !== null) return <VerdictFigures shown={shown} />;
	if (!report) return <span className="text-ink-muted">{absence(status)}</span>;
	return (
		<Suspense fallback={null}>
			<ReportCell report={report} status={status} />
		</Suspense>
	);
}

/** What `lightenRow` has put into the row; an API may have a field of that name too, and mean something else. */
function shownIn({ shown_verdict: shown }: QueueRow): ShownVerdict | null {
	return isShownVerdict(shown) ? shown : null;
}

function absence(status: string): string {
	if (status === "proposed") return "untested";
	return status === "ab_running" ? "running" : "no report";
}
