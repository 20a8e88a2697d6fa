"use client";

import { SignInAgain } from "@/components/layout/sign-in-again";
import { Actor, useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import { Notice } from "@/components/ui/notice";
import { PlainText } from "@/components/ui/plain-text";
import type { CurrentDecision } from "@/lib/contract/error";
import { statusLabel, transitions } from "@/lib/rules/lifecycle";
import type { DecisionOutcome } from "./use-decision";

interface DecisionOutcomeNoticeProps {
	outcome: DecisionOutcome | null;
	/** Reads the record again. */
	onLookAgain: () => void;
}

/** True where the record stands as the decision would have left it, though nobody has confirmed it. */
export function isAsDecided(outcome: DecisionOutcome): boolean {
	return outcome.kind === "unknown" && outcome.statusNow === transitions[outcome.decision].to;
}

/** What became of a decision that was not simply confirmed. */
export function DecisionOutcomeNotice({ outcome, onLookAgain }: DecisionOutcomeNoticeProps) {
	const { userId } = useViewer();
	if (outcome === null || outcome.kind === "confirmed") return null;
	const { failure } = outcome;
	if (failure.code === "content_changed") {
		return (
			<Notice tone="warn" role="alert" className="mt-4">
				<p className="font-medium">{failure.message} This decision was not taken.</p>
				<p>Close this, reload the page and read what it says now before you decide.</p>
			</Notice>
		);
	}
	if (outcome.kind === "conflict") {
		return (
			<Notice tone="warn" role="alert" className="mt-4">
				<p className="font-medium">{firstBy(failure.current?.by, userId)} This decision was not taken.</p>
				{failure.current ? <Winner current={failure.current} /> : <p>{failure.message}</p>}
				<p className="mt-1">The page behind this dialog shows the record as it is now.</p>
			</Notice>
		);
	}
	if (outcome.kind === "unknown" && isAsDecided(outcome)) {
		return (
			<Notice tone="warn" role="alert" className="mt-4">
				<p className="font-medium">Not confirmed, but the record says it.</p>
				<p>
					The answer to your decision was lost. The record was read again just now:{" "}
					{statusLabel(outcome.statusNow ?? "")}, as you decided. The timeline behind this dialog tells who
					decided it.
				</p>
			</Notice>
		);
	}
	if (outcome.kind === "unknown") {
		return (
			<Notice tone="warn" role="alert" className="mt-4">
				<p className="font-medium">Not confirmed.</p>
				<p>{failure.message}</p>
				<p>
					{outcome.statusNow === null
						? "The record could not be read either. Look again before you decide again."
						: `The record was read again just now: ${statusLabel(outcome.statusNow)}.`}
				</p>
				{outcome.statusNow === null ? (
					<Button className="mt-2" onClick={onLookAgain}>
						Look again
					</Button>
				) : null}
			</Notice>
		);
	}
	return (
		<Notice tone="bad" role="alert" className="mt-4">
			<p>
				{failure.message} <SignInAgain failure={failure} />
			</p>
			<p>Nothing was changed, and what you typed is still here.</p>
			{failure.requestId ? <p className="text-xs">Request {failure.requestId}</p> : null}
		</Notice>
	);
}

function firstBy(winner: string | null | undefined, userId: string): string {
	if (!winner) return "The record has changed since you opened it.";
	return winner === userId ? "You have decided here already." : "Somebody else was first.";
}

function Winner({ current }: { current: CurrentDecision }) {
	return (
		<>
			<p>
				{statusLabel(current.status)}
				{current.by ? (
					<>
						{" "}
						by <Actor id={current.by} />
					</>
				) : (
					"; by whom is not recorded"
				)}
				{current.at ? (
					<>
						, <Age at={current.at} suffix=" ago" />
					</>
				) : null}
				.
			</p>
			{current.reason ? (
				<p className="mt-1">
					Reason: <PlainText text={current.reason} />
				</p>
			) : null}
		</>
	);
}
