"use client";

import { useState } from "react";
import { ExecuteActionDialog } from "@/components/control/execute-action-dialog";
import { useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { AbAssessment } from "@/lib/rules/ab-report/model";
import { deskRefusal, isAllowed } from "@/lib/rules/authority";
import { type Decision, decisions, judgeDecisions } from "@/lib/rules/lifecycle";
import { DecisionDialog } from "./decision-dialog";
import { decisionWords } from "./decision-words";
import { useDecision } from "./use-decision";

interface DecisionPanelProps {
	deployment: DeploymentSummary;
	evidence: AbAssessment | null;
	projectName: string;
}

/** The four buttons, what each needs, and what became of the last one pressed. */
export function DecisionPanel({ deployment, evidence, projectName }: DecisionPanelProps) {
	const viewer = useViewer();
	const verdicts = judgeDecisions(deployment.status, viewer);
	const mayExecute = isAllowed("execute_action", viewer);
	const roleRefusal = deskRefusal(viewer);
	const { outcome, isSending, send, forget } = useDecision(deployment.id);
	const [open, setOpen] = useState<Decision | "execute" | null>(null);
	// Kept here and not in the dialog, so that closing it, or a failed submit, loses nothing typed.
	const [reasons, setReasons] = useState<Record<Decision, string>>({ approve: "", reject: "", rollback: "" });
	const isConfirmed = outcome?.kind === "confirmed";
	const refusals = decisions.flatMap((decision) => {
		const verdict = verdicts[decision];
		return verdict.allowed || verdict.cause === "role" ? [] : [{ decision, why: verdict.why }];
	});

	return (
		<Panel title="Decision">
			{isConfirmed ? (
				<Notice tone="info" role="status" className="mb-3">
					{decisionWords[outcome.decision].done} The API confirmed it.
				</Notice>
			) : null}
			<div className="z-30 gap-2 lg:grid lg:grid-cols-2 max-lg:flex max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:overflow-x-auto max-lg:border-line max-lg:border-t max-lg:bg-page max-lg:px-3 max-lg:py-2 max-sm:justify-between max-sm:gap-1">
				{decisions.map((decision) => (
					<Button
						key={decision}
						variant={decision === "approve" ? "primary" : "plain"}
						disabled={!verdicts[decision].allowed}
						aria-describedby={verdicts[decision].allowed ? undefined : "why-not"}
						onClick={() => {
							forget();
							setOpen(decision);
						}}
					>
						{decisionWords[decision].button}
					</Button>
				))}
				<Button
					disabled={!mayExecute}
					aria-describedby={mayExecute ? undefined : "why-not"}
					onClick={() => setOpen("execute")}
				>
					<span>
						Execute<span className="max-sm:sr-only"> action</span>
					</span>
				</Button>
			</div>
			<div id="why-not" className="mt-2 space-y-1 text-ink-muted">
				{roleRefusal === null ? (
					refusals.map(({ decision, why }) => (
						<p key={decision}>
							<span className="font-medium">{decisionWords[decision].button}:</span> {why}
						</p>
					))
				) : (
					<p>{roleRefusal}</p>
				)}
			</div>
			{decisions.map((decision) => (
				<DecisionDialog
					key={decision}
					decision={decision}
					deployment={deployment}
					evidence={evidence}
					projectName={projectName}
					verdict={verdicts[decision]}
					isOpen={open === decision && !isConfirmed}
					onOpenChange={(isOpen) => setOpen(isOpen ? decision : null)}
					reason={reasons[decision]}
					onReasonChange={(reason) => setReasons({ ...reasons, [decision]: reason })}
					outcome={outcome?.decision === decision ? outcome : null}
					isSending={isSending}
					onConfirm={(seen) => send(decision, seen, reasons[decision])}
				/>
			))}
			<ExecuteActionDialog
				projectId={deployment.project_id}
				projectName={projectName}
				isOpen={open === "execute"}
				onOpenChange={(isOpen) => setOpen(isOpen ? "execute" : null)}
			/>
		</Panel>
	);
}
