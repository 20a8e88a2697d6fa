import { Notice } from "@/components/ui/notice";
import { PlainText } from "@/components/ui/plain-text";
import { ShortId } from "@/components/ui/short-id";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { ContextFindings } from "@/lib/review/prepared-review";
import type { AbAssessment } from "@/lib/rules/ab-report/model";
import { type Decision, transitions } from "@/lib/rules/lifecycle";
import type { LocatedFinding } from "@/lib/rules/prompt-checks/locate";
import { OpenFindings } from "./open-findings";
import { RollBackPreview } from "./roll-back-preview";
import type { Settled } from "./use-settled";

interface DecisionFactsProps {
	decision: Decision;
	deployment: DeploymentSummary;
	evidence: AbAssessment | null;
	/** Those of the two texts; null while nobody has looked. */
	findings: readonly LocatedFinding[];
	context: Settled<ContextFindings>;
	projectName: string;
}

/** What a decision will do, said as facts before it is taken. */
export function DecisionFacts(props: DecisionFactsProps) {
	const { decision, deployment, projectName } = props;
	if (decision === "approve") {
		return (
			<>
				<p>
					The proposed prompt goes live at once for the whole project <PlainText text={projectName} />, for
					all traffic.
				</p>
				<Restored context={props.context} />
				<Evidence status={deployment.status} evidence={props.evidence} />
				<OpenFindings findings={props.findings} context={props.context} />
			</>
		);
	}
	if (decision === "rollback") {
		return (
			<>
				<p>
					<PlainText text={projectName} /> goes back at once, for all traffic, to the prompt that this one
					replaced. This deployment is closed for good.
				</p>
				<RollBackPreview id={deployment.id} />
			</>
		);
	}
	const isLive = transitions.rollback.from.some((status) => status === deployment.status);
	return (
		<>
			{isLive ? (
				<Notice tone="warn">
					<p className="font-medium">This prompt is live, and rejecting it does not take it down.</p>
					<p>
						The refusal is recorded, the deployment is closed for good, and after that it can no longer be
						rolled back from here. To restore the prompt before it, roll back instead.
					</p>
				</Notice>
			) : (
				<p>The proposal is closed for good and does not go live.</p>
			)}
		</>
	);
}

/** What a rollback after this would bring back, as far as it is known. */
function Restored({ context }: { context: Settled<ContextFindings> }) {
	if (context.kind === "waiting") return null;
	const { base, threeWay } =
		context.kind === "done" ? context.value : { base: "unknown" as const, threeWay: null };
	return (
		<p className="mt-2">
			{base === "same" ? "Rolling back would restore the current prompt of this comparison." : null}
			{base === "unknown"
				? "What rolling back would restore is not known: the records do not show what is live now."
				: null}
			{base === "stale" ? (
				<>
					Rolling back would restore what is live now
					{threeWay === null ? null : (
						<>
							{" "}
							(deployment <ShortId id={threeWay.liveDeploymentId} what="deployment id" />)
						</>
					)}
					, which is not the current prompt of this comparison.
				</>
			) : null}
		</p>
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
	const about = assumption === null ? null : <p className="mt-1">{assumption}</p>;
	if (verdict.kind === "better") {
		return (
			<div className="mt-2">
				<p className="text-ink">A/B test: {verdict.sentence}</p>
				{about}
			</div>
		);
	}
	return (
		<Notice tone="warn" className="mt-3">
			<p>A/B test: {verdict.sentence}</p>
			{about}
		</Notice>
	);
}
