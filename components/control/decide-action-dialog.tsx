"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { ReasonField } from "@/components/review/reason-field";
import { Button } from "@/components/ui/button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { JsonBlock } from "@/components/ui/json-value";
import { Notice } from "@/components/ui/notice";
import { browserApi } from "@/lib/client/browser-client";
import type { ParkedDecision } from "@/lib/client/control-actions-api";
import { makeIdempotencyKey } from "@/lib/client/idempotency-key";
import { drafts, usedReasons } from "@/lib/client/kept-text";
import { killSwitchQuery } from "@/lib/client/queries/control";
import { codePointLength, hasVisibleCharacter, reasonMaxLength } from "@/lib/contract/characters";
import type { ControlAction } from "@/lib/contract/control-action";
import { formatNumber, shortenId } from "@/lib/format";
import { readEscalation } from "@/lib/rules/control-action/escalation";
import { actionTypeLabel } from "./action-labels";
import { DecideOutcomeNotice } from "./decide-outcome-notice";
import type { ParkedOutcome } from "./parked-decision";
import { useParkedDecision } from "./use-parked-decision";

interface DecideActionDialogProps {
	action: ControlAction;
	decision: ParkedDecision;
	projectName: string;
	onClose: () => void;
	/** Called when the API has confirmed it, and only then. */
	onDecided: (outcome: ParkedOutcome) => void;
}

const words = {
	approve: { title: "Approve and run this action", button: "Approve & run", sending: "Running" },
	reject: { title: "Reject this action", button: "Reject", sending: "Rejecting" },
} as const;

/** What will happen to a parked action, the reason where one is kept, and one button that repeats the verb. */
export function DecideActionDialog({
	action,
	decision,
	projectName,
	onClose,
	onDecided,
}: DecideActionDialogProps) {
	const { userId } = useViewer();
	const { data: killSwitch } = useQuery(killSwitchQuery(browserApi));
	const draftName = `action ${action.id}`;
	const [reason, setReason] = useState(() => (decision === "reject" ? drafts.read(draftName) : ""));
	const [lastReasons] = useState(() => usedReasons.read(userId, "reject_action"));
	const [isChecked, setIsChecked] = useState(false);
	const reasonBox = useRef<HTMLTextAreaElement>(null);
	const attempt = useRef({ key: makeIdempotencyKey(), reason: null as string | null });
	const { outcome, isSending, send } = useParkedDecision(action.id, decision, (confirmed) => {
		if (decision === "reject") {
			usedReasons.add(userId, "reject_action", reason);
			drafts.write(draftName, "");
		}
		onDecided(confirmed);
	});
	const isStopped = decision === "approve" && killSwitch?.active === true;
	// It is decided, or nobody knows: to send it once more would be another decision.
	const isOver = outcome?.kind === "conflict" || outcome?.kind === "unknown";
	const isOff = isSending || isStopped || isOver;
	const error = decision === "reject" ? reasonError(reason, isChecked) : null;

	function handleConfirm() {
		if (isOff) return;
		setIsChecked(true);
		if (decision === "reject" && reasonError(reason, true) !== null) {
			reasonBox.current?.focus();
			return;
		}
		// Another text under the same key would be another request, and the API refuses that.
		if (attempt.current.reason !== null && attempt.current.reason !== reason) {
			attempt.current.key = makeIdempotencyKey();
		}
		attempt.current.reason = reason;
		send({ reason, idempotencyKey: attempt.current.key });
	}

	return (
		<Dialog
			isOpen
			onOpenChange={() => {
				// What is on its way cannot be called back, so nothing may look as if it could.
				if (!isSending) onClose();
			}}
			title={words[decision].title}
			description={<WhatWillHappen action={action} decision={decision} projectName={projectName} />}
		>
			{isStopped ? (
				<Notice tone="bad" className="mt-4">
					The kill switch is on, so the API starts no action. This one goes on waiting until an owner turns
					the switch off.
				</Notice>
			) : null}
			{decision === "reject" ? (
				<ReasonField
					box={reasonBox}
					isRequired
					isKept
					error={error}
					value={reason}
					onChange={(text) => {
						setReason(text);
						drafts.write(draftName, text);
					}}
					lastUsed={lastReasons}
				/>
			) : null}
			<DecideOutcomeNotice outcome={outcome} />
			<div className={dialogFooter}>
				<Button aria-disabled={isSending} onClick={isSending ? undefined : onClose}>
					{isOver ? "Close" : "Cancel"}
				</Button>
				<Button
					variant={decision === "approve" ? "primary" : "danger"}
					// Not `disabled`, which would take the focus away from whoever has just pressed it.
					aria-disabled={isOff}
					onClick={handleConfirm}
				>
					{isSending ? words[decision].sending : words[decision].button}
				</Button>
			</div>
		</Dialog>
	);
}

function WhatWillHappen({
	action,
	decision,
	projectName,
}: Pick<DecideActionDialogProps, "action" | "decision" | "projectName">) {
	const { intendedType, why, requested } = readEscalation(action);
	const what = actionTypeLabel(intendedType);
	const where = `for ${projectName}${action.trace_id ? `, on trace ${shortenId(action.trace_id)}` : ""}`;
	return decision === "approve" ? (
		<>
			<p>
				{what} runs at once {where}, and this waits until it has ended. {why}
			</p>
			{requested === null ? null : (
				<div className="mt-2 text-ink">
					<JsonBlock value={requested} />
				</div>
			)}
			<p className="mt-2">Who approved it is kept in the audit log.</p>
		</>
	) : (
		<p>
			{what} {where} is closed and never runs. It can be asked for again.
		</p>
	);
}

/** Why a reason is refused, for the person; null where it is not, or not yet to be said. */
function reasonError(reason: string, isChecked: boolean): string | null {
	const length = codePointLength(reason);
	if (length > reasonMaxLength) {
		return `A reason has at most ${formatNumber(reasonMaxLength)} characters; this one has ${formatNumber(length)}.`;
	}
	if (!isChecked || hasVisibleCharacter(reason)) return null;
	return "Say why, in a sentence that somebody understands a year from now.";
}
