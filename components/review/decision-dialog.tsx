"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { codePointLength, hasVisibleCharacter, reasonMaxLength } from "@/lib/contract/text";
import { formatNumber } from "@/lib/format";
import type { AbAssessment } from "@/lib/rules/ab-report/model";
import { type Decision, statusLabel, type Verdict } from "@/lib/rules/lifecycle";
import { DecisionFacts } from "./decision-facts";
import { DecisionOutcomeNotice } from "./decision-outcome-notice";
import { decisionWords } from "./decision-words";
import type { DecisionOutcome } from "./use-decision";

interface DecisionDialogProps {
	decision: Decision;
	deployment: DeploymentSummary;
	evidence: AbAssessment | null;
	projectName: string;
	verdict: Verdict;
	isOpen: boolean;
	onOpenChange: (isOpen: boolean) => void;
	reason: string;
	onReasonChange: (reason: string) => void;
	outcome: DecisionOutcome | null;
	isSending: boolean;
	/** `seen` is the `updated_at` of the record that the dialog was opened on. */
	onConfirm: (seen: string) => void;
}

/** What will happen, the reason where one is asked for, and one button that repeats the verb. */
export function DecisionDialog(props: DecisionDialogProps) {
	const { decision, deployment, projectName, verdict, isOpen, onOpenChange, outcome, isSending } = props;
	const words = decisionWords[decision];
	const [isReasonMissing, setIsReasonMissing] = useState(false);
	const [seen, setSeen] = useState(deployment);
	// What the dialog says has to stay what was read when it was opened, whatever polling brings.
	if (!isOpen && seen !== deployment) setSeen(deployment);
	const hasChanged = isOpen && seen.updated_at !== deployment.updated_at;
	const length = codePointLength(props.reason);
	const isTooLong = length > reasonMaxLength;
	const error = isTooLong
		? `A reason has at most ${formatNumber(reasonMaxLength)} characters; this one has ${formatNumber(length)}.`
		: isReasonMissing && !hasVisibleCharacter(props.reason)
			? "Say why, in a sentence that somebody understands a year from now."
			: null;

	function handleConfirm() {
		if (isTooLong || (words.needsReason && !hasVisibleCharacter(props.reason))) {
			setIsReasonMissing(true);
			return;
		}
		props.onConfirm(seen.updated_at);
	}

	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={onOpenChange}
			title={words.title}
			description={
				<DecisionFacts
					evidence={props.evidence}
					decision={decision}
					deployment={seen}
					projectName={projectName}
				/>
			}
		>
			{words.needsReason ? (
				<Field
					label="Reason (required)"
					error={error}
					hint={`${formatNumber(length)} of ${formatNumber(reasonMaxLength)} characters. Kept with the decision and in the audit log.`}
				>
					{(control) => (
						<TextArea
							{...control}
							rows={4}
							required
							value={props.reason}
							onChange={(event) => props.onReasonChange(event.target.value)}
						/>
					)}
				</Field>
			) : null}
			<DecisionOutcomeNotice outcome={outcome} />
			{hasChanged && outcome === null && !isSending ? (
				<Notice tone="warn" role="alert" className="mt-4">
					The record has changed since you opened this: it is now{" "}
					{statusLabel(deployment.status).toLowerCase()}. Close this and look again before you decide.
				</Notice>
			) : null}
			<div className="mt-5 flex justify-end gap-2">
				<Button onClick={() => onOpenChange(false)}>
					{verdict.allowed && !hasChanged ? "Cancel" : "Close"}
				</Button>
				<Button
					variant={decision === "approve" ? "primary" : "danger"}
					disabled={isSending || !verdict.allowed || hasChanged}
					onClick={handleConfirm}
				>
					{isSending ? words.sending : words.button}
				</Button>
			</div>
		</Dialog>
	);
}
