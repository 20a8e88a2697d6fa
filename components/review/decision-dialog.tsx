"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Actor, useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { PlainText } from "@/components/ui/plain-text";
import { browserApi } from "@/lib/client/browser-client";
import { makeIdempotencyKey } from "@/lib/client/idempotency-key";
import { usedReasons } from "@/lib/client/kept-text";
import { decisionsQuery } from "@/lib/client/queries/deployments";
import { codePointLength, hasVisibleCharacter, reasonMaxLength } from "@/lib/contract/characters";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { formatNumber } from "@/lib/format";
import type { ContextFindings, PreparedReview } from "@/lib/review/prepared-review";
import type { Decision, Verdict } from "@/lib/rules/lifecycle";
import { namesMissing, type Override, overridesOf, saysMoreThanNames } from "@/lib/rules/overrides";
import { changesSince, seenStateOf } from "@/lib/rules/seen-record";
import { DecisionFacts } from "./decision-facts";
import { DecisionOutcomeNotice, isAsDecided } from "./decision-outcome-notice";
import { decisionWords } from "./decision-words";
import { ReasonField } from "./reason-field";
import type { DecisionOutcome, TakenDecision } from "./use-decision";
import type { Settled } from "./use-settled";

/** What the dialog needs of a review. */
export interface DecidedReview extends Pick<PreparedReview, "evidence" | "read" | "keeps"> {
	/** Null while the texts are still being read; until then nothing can be decided. */
	contentKey: string | null;
}

interface DecisionDialogProps {
	decision: Decision;
	deployment: DeploymentSummary;
	review: DecidedReview;
	context: Settled<ContextFindings>;
	projectName: string;
	verdict: Verdict;
	onClose: () => void;
	/** Where the focus goes when the button that opened this is off by then. */
	focusAfter: () => HTMLElement | null;
	reason: string;
	onReasonChange: (reason: string) => void;
	outcome: DecisionOutcome | null;
	isSending: boolean;
	onConfirm: (taken: TakenDecision) => void;
	/** Forgets how the last try ended. */
	onLookAgain: () => void;
}

/**
 * What will happen, what is overridden, the reason where one is asked for, and one button that repeats the
 * verb. It is made when it is opened: what it says stays what was read then, whatever polling brings.
 */
export function DecisionDialog(props: DecisionDialogProps) {
	const { decision, deployment, review, verdict, reason, outcome, isSending } = props;
	const words = decisionWords[decision];
	const { userId } = useViewer();
	const [isChecked, setIsChecked] = useState(false);
	const [seen, setSeen] = useState<Seen>({ deployment, review, context: null });
	const attempt = useRef({ key: makeIdempotencyKey(), reason: null as string | null });
	const [lastReasons] = useState(() => usedReasons.read(userId, decision));

	// The first answer stays: a newer one may be about the record as somebody else has left it meanwhile.
	if (seen.review.contentKey === null && review.contentKey !== null) setSeen({ ...seen, review });
	else if (seen.context === null && props.context.kind !== "waiting")
		setSeen({ ...seen, context: props.context });
	const context: Settled<ContextFindings> = seen.context ?? props.context;
	const findings = findingsOf(seen.review, context);
	const overrides =
		decision === "approve"
			? overridesOf({ status: seen.deployment.status, evidence: seen.review.evidence, findings })
			: [];
	const { contentKey } = seen.review;
	const isWaiting = contentKey === null || (decision === "approve" && context.kind === "waiting");
	const changes = changesSince(seenStateOf(seen.deployment), seenStateOf(deployment));
	if (contentKey !== null && contentKey !== review.contentKey) {
		changes.push("A prompt, the rationale or the report has changed.");
	}
	const hasChanged = changes.length > 0;
	// A lost answer to one's own decision, and a decision that came too late, say what has changed by themselves.
	const isChangeNews =
		hasChanged &&
		!isSending &&
		!(outcome !== null && isAsDecided(outcome)) &&
		(verdict.allowed || outcome?.kind !== "conflict");
	const reasonBox = useRef<HTMLTextAreaElement>(null);
	const isReasonNeeded = words.needsReason || overrides.length > 0;
	const error = reasonError(reason, overrides, isReasonNeeded, isChecked);

	const isOff = isSending || !verdict.allowed || hasChanged || isWaiting;
	const news = useRef<HTMLDivElement>(null);
	const hasNews = outcome !== null || hasChanged;
	useEffect(() => {
		if (hasNews) news.current?.scrollIntoView({ block: "nearest" });
	}, [hasNews]);

	function handleConfirm() {
		if (isOff || contentKey === null) return;
		setIsChecked(true);
		if (reasonError(reason, overrides, isReasonNeeded, true) !== null) {
			reasonBox.current?.focus();
			reasonBox.current?.scrollIntoView({ block: "center" });
			return;
		}
		// Another text under the same key would be another request, and the API refuses that.
		if (attempt.current.reason !== null && attempt.current.reason !== reason) {
			attempt.current.key = makeIdempotencyKey();
		}
		attempt.current.reason = reason;
		props.onConfirm({
			decision,
			seen: { contentKey, state: seenStateOf(seen.deployment) },
			reason,
			idempotencyKey: attempt.current.key,
		});
	}

	function handleLookAgain() {
		setSeen({ deployment, review, context: null });
		attempt.current = { key: makeIdempotencyKey(), reason: null };
		props.onLookAgain();
	}

	return (
		<Dialog
			isOpen
			onOpenChange={() => {
				// What is on its way cannot be called back, so nothing may look as if it could.
				if (!isSending) props.onClose();
			}}
			focusAfter={props.focusAfter}
			title={words.title}
			description={
				<DecisionFacts
					decision={decision}
					deployment={seen.deployment}
					evidence={seen.review.evidence}
					findings={findings}
					context={context}
					projectName={props.projectName}
				/>
			}
		>
			{overrides.length > 0 ? (
				<Overrides
					overrides={overrides}
					onName={(name) => {
						props.onReasonChange(reason === "" ? `${name}: ` : `${reason.trimEnd()} ${name}: `);
						reasonBox.current?.focus();
					}}
				/>
			) : null}
			<ReasonField
				box={reasonBox}
				isRequired={isReasonNeeded}
				isKept={decision !== "approve" || review.keeps.approveReason}
				error={error}
				value={reason}
				onChange={props.onReasonChange}
				lastUsed={lastReasons}
			/>
			<div ref={news} className="scroll-mb-20">
				<DecisionOutcomeNotice outcome={outcome} onLookAgain={props.onLookAgain} />
				{isChangeNews ? (
					<Notice tone="warn" role="alert" className="mt-4">
						{outcome?.kind === "conflict" ? (
							<p>What is said above is what was there when you opened this.</p>
						) : (
							<>
								<p className="font-medium">The record has changed since you opened this.</p>
								<ul>
									{changes.map((change) => (
										<li key={change}>{change}</li>
									))}
								</ul>
								<LastDecision id={deployment.id} since={seen.deployment.updated_at} />
								{verdict.allowed ? null : <p>{verdict.why}</p>}
							</>
						)}
						{verdict.allowed ? (
							<Button className="mt-2" onClick={handleLookAgain}>
								Decide on it as it is now
							</Button>
						) : null}
					</Notice>
				) : null}
			</div>
			<div className={dialogFooter}>
				<Button aria-disabled={isSending} onClick={isSending ? undefined : props.onClose}>
					{verdict.allowed && !hasChanged ? "Cancel" : "Close"}
				</Button>
				<Button
					variant={decision === "approve" ? "primary" : "danger"}
					// Not `disabled`, which would take the focus away from whoever has just pressed it.
					aria-disabled={isOff}
					onClick={handleConfirm}
				>
					{isSending ? words.sending : words.button}
				</Button>
			</div>
		</Dialog>
	);
}

/** What the dialog says, as it was when it was opened. */
interface Seen {
	deployment: DeploymentSummary;
	review: DecidedReview;
	/** Null until it is known. */
	context: Settled<ContextFindings> | null;
}

/** Who has changed the record meanwhile, where the API keeps its decisions. */
function LastDecision({ id, since }: { id: string; since: string }) {
	const { data: decisions } = useQuery(decisionsQuery(browserApi, id));
	const last = decisions?.at(-1);
	if (last === undefined || Date.parse(last.created_at) < Date.parse(since)) return null;
	return (
		<p>
			By <Actor id={last.actor_id} />
			{last.reason ? (
				<>
					: <PlainText text={last.reason} />
				</>
			) : null}
		</p>
	);
}

interface OverridesProps {
	overrides: readonly Override[];
	/** Writes a name into the reason. */
	onName: (name: string) => void;
}

function Overrides({ overrides, onName }: OverridesProps) {
	return (
		<Notice tone="bad" className="mt-4">
			<p>
				Shipping this overrides{" "}
				{overrides.map(({ name, sentence }, index) => (
					<span key={name}>
						{index === 0 ? "" : index === overrides.length - 1 ? " and " : ", "}
						<button
							type="button"
							title={`${sentence} Press to write it into the reason.`}
							className="font-medium underline underline-offset-2"
							onClick={() => onName(name)}
						>
							{name}
						</button>
					</span>
				))}
				. Name {overrides.length === 1 ? "it" : "each of them"} in the reason, and say why.
			</p>
		</Notice>
	);
}

function findingsOf(review: DecidedReview, context: Settled<ContextFindings>) {
	const later = context.kind === "done" ? context.value : null;
	const read = review.read ?? later?.read;
	return [...(read?.findings ?? []), ...(later?.findings ?? [])];
}

/** Why a reason is refused, for the person; null where it is not, or not yet to be said. */
function reasonError(
	reason: string,
	overrides: readonly Override[],
	isNeeded: boolean,
	isChecked: boolean,
): string | null {
	const length = codePointLength(reason);
	if (length > reasonMaxLength) {
		return `A reason has at most ${formatNumber(reasonMaxLength)} characters; this one has ${formatNumber(length)}.`;
	}
	if (!isChecked) return null;
	if (!hasVisibleCharacter(reason)) {
		if (isNeeded) return "Say why, in a sentence that somebody understands a year from now.";
		return reason === "" ? null : "A reason holds something that can be seen, or is left empty.";
	}
	const missing = namesMissing(reason, overrides);
	if (missing.length > 0) return `The reason does not name yet: ${missing.join(", ")}.`;
	return saysMoreThanNames(reason, overrides) ? null : "These are the names. Say why, too.";
}
