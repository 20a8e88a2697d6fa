"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import type { Deployment } from "@/lib/contract/deployment";
import { codePointLength, hasVisibleCharacter, reasonMaxLength } from "@/lib/contract/text";
import { formatNumber } from "@/lib/format";
import type { Decision, Verdict } from "@/lib/rules/lifecycle";
import { DecisionFacts } from "./decision-facts";
import { DecisionOutcomeNotice } from "./decision-outcome-notice";
import { decisionWords } from "./decision-words";
import type { DecisionOutcome } from "./use-decision";

interface DecisionDialogProps {
	decision: Decision;
	deployment: Deployment;
	projectName: string;
	verdict: Verdict;
	isOpen: boolean;
	onOpenChange: (isOpen: boolean) => void;
	reason: string;
	onReasonChange: (reason: string) => void;
	outcome: DecisionOutcome | null;
	isSending: boolean;
	onConfirm: () => void;
}

/** What will happen, the reason where one is asked for, and one button that repeats the verb. */
export function DecisionDialog(props: DecisionDialogProps) {
	const { decision, deployment, projectName, verdict, isOpen, onOpenChange, outcome, isSending } = props;
	const words = decisionWords[decision];
	const [isReasonMissing, setIsReasonMissing] = useState(false);
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
		props.onConfirm();
	}

	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={onOpenChange}
			title={words.title}
			description={<DecisionFacts decision={decision} deployment={deployment} projectName={projectName} />}
		>
			{words.needsReason ? (
				<Field
					label="Reason"
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
			{!verdict.allowed && outcome === null ? (
				<p role="status" className="mt-4 text-warn">
					{verdict.why}
				</p>
			) : null}
			<div className="mt-5 flex justify-end gap-2">
				<Button onClick={() => onOpenChange(false)}>{verdict.allowed ? "Cancel" : "Close"}</Button>
				<Button
					variant={decision === "approve" ? "primary" : "danger"}
					disabled={isSending || !verdict.allowed}
					onClick={handleConfirm}
				>
					{isSending ? words.sending : words.button}
				</Button>
			</div>
		</Dialog>
	);
}
