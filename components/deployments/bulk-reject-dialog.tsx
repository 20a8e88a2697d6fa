"use client";

import { useEffect, useRef, useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { ReasonField } from "@/components/review/reason-field";
import { Button } from "@/components/ui/button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { drafts, usedReasons } from "@/lib/client/kept-text";
import { codePointLength, hasVisibleCharacter, reasonMaxLength } from "@/lib/contract/characters";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { countOf, formatNumber } from "@/lib/format";
import { judgeDecision, transitions } from "@/lib/rules/lifecycle";
import { BulkRejectResults } from "./bulk-reject-results";
import { canTryAgain } from "./bulk-reject-run";
import { RowLines } from "./row-lines";
import { useBulkReject } from "./use-bulk-reject";

interface BulkRejectDialogProps {
	/** Those that are selected. What the dialog is about is decided when it opens. */
	rows: readonly DeploymentSummary[];
	isOpen: boolean;
	onOpenChange: (isOpen: boolean) => void;
	/** One has been tried; with the record as the API answered it, or null where it did not. */
	onSettled: (id: string, deployment: DeploymentSummary | null) => void;
	/** Called on closing, once something was tried: the ids of those that were not rejected. */
	onDone: (remainingIds: string[]) => void;
}

/**
 * Rejects several for one reason, each by a decision of its own, and says how each has ended. What is done stays
 * here until the dialog is closed, so it has to stay mounted while it is open.
 */
export function BulkRejectDialog({ isOpen, ...props }: BulkRejectDialogProps) {
	return isOpen ? <OpenDialog {...props} /> : null;
}

const draftName = "queue:reject";

function OpenDialog({ rows, onOpenChange, onSettled, onDone }: Omit<BulkRejectDialogProps, "isOpen">) {
	const viewer = useViewer();
	const [listed] = useState(rows);
	const [reason, setReason] = useState(() => drafts.read(draftName));
	const [lastReasons] = useState(() => usedReasons.read(viewer.userId, "reject"));
	const [isChecked, setIsChecked] = useState(false);
	const reasonBox = useRef<HTMLTextAreaElement>(null);
	const news = useRef<HTMLDivElement>(null);
	const { outcomes, progress, isStopping, run, stop } = useBulkReject({ userId: viewer.userId, onSettled });

	const judged = listed.map((row) => ({ row, verdict: judgeDecision("reject", row.status, viewer) }));
	const able = judged.filter(({ verdict }) => verdict.allowed).map(({ row }) => row);
	const unable = judged.filter(({ verdict }) => !verdict.allowed);
	const live = able.filter(({ status }) => transitions.rollback.from.some((one) => one === status));
	const isSending = progress !== null;
	const hasEnded = !isSending && outcomes.size > 0;
	const again = able.filter(({ id }) => canTryAgain(outcomes.get(id)));
	const isSecondTry = again.every(({ id }) => outcomes.has(id));
	const error = reasonError(reason, isChecked);

	useEffect(() => {
		if (hasEnded) news.current?.focus();
	}, [hasEnded]);

	function handleReason(text: string) {
		setReason(text);
		drafts.write(draftName, text);
	}

	function handleConfirm() {
		if (isSending) return;
		setIsChecked(true);
		if (reasonError(reason, true) !== null) {
			reasonBox.current?.focus();
			return;
		}
		usedReasons.add(viewer.userId, "reject", reason);
		run({ rows: able, reason });
	}

	function handleClose() {
		// What is on its way cannot be called back; between two rows it can be stopped.
		if (isSending) return;
		if (outcomes.size > 0) {
			const remaining = listed.filter(({ id }) => outcomes.get(id)?.kind !== "rejected");
			if (remaining.length < listed.length) drafts.write(draftName, "");
			onDone(remaining.map(({ id }) => id));
		}
		onOpenChange(false);
	}

	return (
		<Dialog
			isOpen
			onOpenChange={handleClose}
			title={
				able.length === 0 ? "None of these can be rejected" : `Reject ${countOf(able.length, "deployment")}`
			}
			description={
				<p>
					Each is rejected by a decision of its own, for the same reason. What is rejected is closed for good
					and does not go live.
				</p>
			}
		>
			{outcomes.size === 0 && !isSending ? (
				<>
					{live.length > 0 ? (
						<Notice tone="warn" className="mt-3">
							{live.length === 1 ? "One of these is live" : `${formatNumber(live.length)} of these are live`},
							and rejecting does not take a prompt down. To restore the prompt before it, roll back instead.
						</Notice>
					) : null}
					<RowLines title="To be rejected" rows={able} />
					<RowLines
						title="Left out"
						rows={unable.map(({ row }) => row)}
						about={({ id }) => {
							const verdict = unable.find(({ row }) => row.id === id)?.verdict;
							return verdict?.allowed === false ? verdict.why : null;
						}}
					/>
					{able.length > 0 ? (
						<ReasonField
							box={reasonBox}
							isRequired
							isKept
							error={error}
							value={reason}
							onChange={handleReason}
							lastUsed={lastReasons}
						/>
					) : null}
				</>
			) : null}
			{progress === null ? null : (
				<div className="mt-4">
					<p role="status">
						{formatNumber(progress.done)} of {formatNumber(progress.total)}
					</p>
					<progress
						aria-label="Deployments rejected or refused"
						value={progress.done}
						max={progress.total}
						className="mt-1 w-full"
					/>
				</div>
			)}
			<div ref={news} tabIndex={-1} className="outline-none">
				{hasEnded ? <BulkRejectResults rows={able} outcomes={outcomes} /> : null}
			</div>
			<div className={dialogFooter}>
				{isSending ? (
					<Button aria-disabled={isStopping} onClick={isStopping ? undefined : stop}>
						{isStopping ? "Stopping" : "Stop"}
					</Button>
				) : (
					<Button onClick={handleClose}>{hasEnded ? "Close" : "Cancel"}</Button>
				)}
				{able.length === 0 || (hasEnded && again.length === 0) ? null : (
					<Button
						variant="danger"
						// Not `disabled`, which would take the focus away from whoever has just pressed it.
						aria-disabled={isSending}
						onClick={hasEnded ? () => run({ rows: again, reason }) : handleConfirm}
					>
						{isSending
							? "Rejecting"
							: hasEnded
								? isSecondTry
									? "Try these again"
									: "Try these"
								: `Reject ${formatNumber(able.length)}`}
					</Button>
				)}
			</div>
		</Dialog>
	);
}

/** Why the reason is refused, for the person; null where it is not, or not yet to be said. */
function reasonError(reason: string, isChecked: boolean): string | null {
	const length = codePointLength(reason);
	if (length > reasonMaxLength) {
		return `A reason has at most ${formatNumber(reasonMaxLength)} characters; this one has ${formatNumber(length)}.`;
	}
	if (!isChecked || hasVisibleCharacter(reason)) return null;
	return "Say why, in a sentence that somebody understands a year from now.";
}
