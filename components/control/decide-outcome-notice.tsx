"use client";

import { SignInAgain } from "@/components/layout/sign-in-again";
import { useViewer } from "@/components/layout/viewer";
import { Notice } from "@/components/ui/notice";
import type { ActionFailure } from "@/lib/actions/result";
import type { ControlAction } from "@/lib/contract/control-action";
import { actionStateLabel } from "./action-labels";
import { isAsAsked, type ParkedOutcome } from "./parked-decision";
import { WhoDecided } from "./who-decided";

/** What became of a decision on a parked action that was not simply confirmed. */
export function DecideOutcomeNotice({ outcome }: { outcome: ParkedOutcome | null }) {
	if (outcome === null || outcome.kind === "decided") return null;
	const { failure } = outcome;
	if (outcome.kind === "conflict") return <Late failure={failure} now={outcome.now} />;
	if (outcome.kind === "unknown" && outcome.now !== null && isAsAsked(outcome.decision, outcome.now)) {
		return (
			<Notice tone="warn" role="alert" className="mt-4">
				<p className="font-medium">Not confirmed, but the record says it.</p>
				<p>
					The answer to your decision was lost. The action was read again just now:{" "}
					<WhoDecided action={outcome.now} />
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
					{outcome.now === null
						? "The action could not be read either. Look at it again before you decide again."
						: `The action was read again just now: ${actionStateLabel(outcome.now).toLowerCase()}.`}
				</p>
			</Notice>
		);
	}
	const isStopped = failure.code === "error.kill_switch_active";
	return (
		<Notice tone="bad" role="alert" className="mt-4">
			<p>
				{failure.message} <SignInAgain failure={failure} />
			</p>
			<p>
				{isStopped ? "It goes on waiting here." : "Nothing was decided, and what you typed is still here."}
			</p>
			{failure.requestId ? <p className="text-xs">Request {failure.requestId}</p> : null}
		</Notice>
	);
}

/** Somebody was faster: that is news about the action and no failure. */
function Late({ failure, now }: { failure: ActionFailure; now: ControlAction | null }) {
	const { userId } = useViewer();
	const { current } = failure;
	const isOwn = current?.by === userId;
	const told = current?.by ? { by: current.by, at: current.at, reason: current.reason ?? null } : null;
	return (
		<Notice tone="warn" role="alert" className="mt-4">
			<p className="font-medium">
				{isOwn ? "You have decided on this action already." : "Somebody else was first."} This decision was
				not taken.
			</p>
			<p>{now === null ? failure.message : <WhoDecided action={now} told={told} />}</p>
		</Notice>
	);
}
