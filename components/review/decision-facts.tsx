import { Notice } from "@/components/ui/notice";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { AbAssessment } from "@/lib/rules/ab-report/model";
import { type Decision, transitions } from "@/lib/rules/lifecycle";

interface DecisionFactsProps {
	decision: Decision;
	deployment: DeploymentSummary;
	evidence: AbAssessment | null;
	projectName: string;
}

/** What a decision will do, said as facts before it is taken. */
export function DecisionFacts({ decision, deployment, evidence, projectName }: DecisionFactsProps) {
	if (decision === "approve") {
		return (
			<>
				<p>The proposed prompt goes live at once for all traffic of {projectName}.</p>
				<Evidence status={deployment.status} evidence={evidence} />
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

function Evidence({ status, evidence }: { status: string; evidence: AbAssessment | null }) {
	if (evidence === null) {
		return (
			<Notice tone="warn" className="mt-3">
				{status === "proposed"
					? "This prompt was never tested against the current one."
					: "There is no report of a test of this prompt."}
			</Notice>
		);
	}
	const { verdict, assumption } = evidence;
	if (verdict.kind === "better") {
		return (
			<>
				<p className="mt-2">A/B test: {verdict.sentence}</p>
				{assumption === null ? null : <p className="mt-1 text-ink-muted">{assumption}</p>}
			</>
		);
	}
	return (
		<Notice tone="warn" className="mt-3">
			A/B test: {verdict.sentence}
		</Notice>
	);
}
