import { Notice } from "@/components/ui/notice";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { formatNumber, formatSigned } from "@/lib/format";
import { contradictionOf, headlineOf, wordsOf } from "@/lib/rules/ab-report";
import { type Decision, transitions } from "@/lib/rules/lifecycle";

interface DecisionFactsProps {
	decision: Decision;
	deployment: DeploymentSummary;
	projectName: string;
}

/** What a decision will do, said as facts before it is taken. */
export function DecisionFacts({ decision, deployment, projectName }: DecisionFactsProps) {
	if (decision === "approve") {
		return (
			<>
				<p>The proposed prompt goes live at once for all traffic of {projectName}.</p>
				<Evidence deployment={deployment} />
			</>
		);
	}
	if (decision === "rollback") {
		return (
			<p>
				{projectName} goes back at once, for all traffic, to the prompt that this one replaced. This
				deployment is closed for good.
			</p>
		);
	}
	const isLive = transitions.rollback.from.some((status) => status === deployment.status);
	return (
		<>
			<p>The proposal is closed for good and does not go live.</p>
			{isLive ? (
				<Notice tone="warn" className="mt-3">
					This prompt is live. Rejecting records the refusal; rolling back is what restores the prompt before
					it.
				</Notice>
			) : null}
		</>
	);
}

function Evidence({ deployment }: { deployment: DeploymentSummary }) {
	const headline = deployment.ab_report ? headlineOf(deployment.ab_report) : null;
	if (headline !== null) {
		const { name, difference, sampleSize, contradictedDelta } = headline;
		const contradiction = contradictionOf(deployment.status, deployment.ab_report ?? {});
		return (
			<>
				<p className="mt-2">
					A/B test: {wordsOf(name)} {formatSigned(difference)}
					{sampleSize === null
						? ", number of cases not given"
						: ` over ${formatNumber(sampleSize)} cases in each arm`}
					.
				</p>
				{contradictedDelta === null ? null : (
					<Notice tone="warn" className="mt-3">
						The report itself gives the delta as {formatSigned(contradictedDelta)}, which its two arms do not.
					</Notice>
				)}
				{contradiction === null ? null : (
					<Notice tone="warn" className="mt-3">
						{contradiction}
					</Notice>
				)}
			</>
		);
	}
	return (
		<Notice tone="warn" className="mt-3">
			{deployment.status === "proposed"
				? "This prompt was never tested against the current one."
				: "There is no measured difference in the report of this deployment."}
		</Notice>
	);
}
