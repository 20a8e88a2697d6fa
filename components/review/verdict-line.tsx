import { CircleCheck, CircleHelp, CircleX, Scale, TriangleAlert } from "lucide-react";
import { PlainText } from "@/components/ui/plain-text";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import { formatSigned } from "@/lib/format";
import type { AbAssessment, VerdictKind } from "@/lib/rules/ab-report/model";

const looks = {
	better: { icon: CircleCheck, className: "text-good" },
	worse: { icon: CircleX, className: "text-bad" },
	mixed: { icon: Scale, className: "text-warn" },
	contradictory: { icon: TriangleAlert, className: "text-warn" },
	"not-shown": { icon: CircleHelp, className: "text-ink-muted" },
	none: { icon: CircleHelp, className: "text-ink-muted" },
} as const satisfies Record<VerdictKind, object>;

interface VerdictLineProps {
	evidence: AbAssessment | null;
	deployment: Pick<DeploymentSummary, "status" | "regression_metric">;
}

/** What the A/B report proves, in one sentence; ahead of it what production has shown since, where that is worse. */
export function VerdictLine({
	evidence,
	deployment: { status, regression_metric: metric },
}: VerdictLineProps) {
	const { icon: Icon, className } = looks[evidence?.verdict.kind ?? "none"];
	const hasRegressed = status === ("regressed" satisfies DeploymentStatus);
	return (
		<>
			{hasRegressed ? (
				<p className="mb-2 flex gap-2">
					<TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
					<span className="min-w-0 flex-1">
						<strong className="font-medium text-bad">Regressed in production</strong>
						{typeof metric === "number" ? `: ${formatSigned(metric)} on the rolling metric` : ""}.
					</span>
				</p>
			) : null}
			<p className="flex gap-2">
				<Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
				<span className="min-w-0 flex-1">
					{hasRegressed && evidence !== null ? "In the test before it shipped: " : ""}
					{evidence === null ? absenceOfReport(status) : <PlainText text={evidence.verdict.sentence} />}
				</span>
			</p>
		</>
	);
}

/** Why there is nothing to judge. */
export function absenceOfReport(status: string): string {
	if (status === "proposed") return "Not tested yet: there is no report.";
	if (status === "ab_running") return "The test is running; its report comes when it ends.";
	return "The API holds no report for this deployment.";
}
