import { CircleCheck, CircleHelp, CircleX, Scale, TriangleAlert } from "lucide-react";
import { PlainText } from "@/components/ui/plain-text";
import type { AbAssessment, VerdictKind } from "@/lib/rules/ab-report/model";

const looks = {
	better: { icon: CircleCheck, className: "text-good" },
	worse: { icon: CircleX, className: "text-bad" },
	mixed: { icon: Scale, className: "text-warn" },
	contradictory: { icon: TriangleAlert, className: "text-warn" },
	"not-shown": { icon: CircleHelp, className: "text-ink-muted" },
	none: { icon: CircleHelp, className: "text-ink-muted" },
} as const satisfies Record<VerdictKind, object>;

/** What the A/B report proves, in one sentence. */
export function VerdictLine({ evidence, status }: { evidence: AbAssessment | null; status: string }) {
	const { icon: Icon, className } = looks[evidence?.verdict.kind ?? "none"];
	return (
		<p className="flex gap-2">
			<Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
			<span className="min-w-0 flex-1">
				{evidence === null ? absenceOfReport(status) : <PlainText text={evidence.verdict.sentence} />}
			</span>
		</p>
	);
}

/** Why there is nothing to judge. */
export function absenceOfReport(status: string): string {
	if (status === "proposed") return "Not tested yet: there is no report.";
	if (status === "ab_running") return "The test is running; its report comes when it ends.";
	return "The API holds no report for this deployment.";
}
