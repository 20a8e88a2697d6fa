"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { actionTypeLabel } from "@/components/control/action-labels";
import { ActionStatusMark } from "@/components/control/action-status-mark";
import { useExtension } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import { browserApi } from "@/lib/client/browser-client";
import { controlActionQuery } from "@/lib/client/queries/control";
import type { ControlAction } from "@/lib/contract/control-action";
import type { RemediationChain } from "@/lib/contract/remediation";
import type { Trace } from "@/lib/contract/trace";
import { routes } from "@/lib/routes";
import { outcomeOf, rejectionOf } from "@/lib/rules/control-action/outcome";
import { BeforeAfter } from "./before-after";
import { spansOfDiff } from "./remediation-figures";
import { RemediationFiguresView } from "./remediation-figures-view";

interface RemediationStepsProps {
	trace: Trace;
	steps: { data: RemediationChain | undefined; error: Error | null };
}

/** The actions taken on a trace, oldest first, each with what it changed once that is known. */
export function RemediationSteps({ trace, steps: { data, error } }: RemediationStepsProps) {
	if (data === undefined) {
		return (
			<p className="text-ink-muted">
				{error === null ? "Reading what was done" : `What was done could not be read. ${error.message}`}
			</p>
		);
	}
	if (data.steps.length === 0) return <p className="text-ink-muted">No action was taken on this trace.</p>;
	return (
		<ol aria-label="Actions on this trace, oldest first" className="border-line border-b">
			{data.steps.map((step) => (
				<Step key={step.action_id} step={step} trace={trace} />
			))}
		</ol>
	);
}

/** Of what has not run there is nothing to know. */
const withoutDiff: Readonly<Record<string, string>> = {
	pending_approval: "Nothing has been run: it waits for an owner.",
	pending: "It has not ended yet.",
};

function Step({ step, trace }: { step: RemediationChain["steps"][number]; trace: Trace }) {
	const [isCompared, setIsCompared] = useState(false);
	const { diff, action_type: type, intended_action_type: intended } = step;
	const spans = diff ? spansOfDiff(diff, trace) : null;
	// A step does not tell why it failed, or that somebody has rejected it.
	const isSingle = useExtension("action-filters");
	const hasFailed = step.status === "failed";
	const { data: action } = useQuery({
		...controlActionQuery(browserApi, step.action_id, isSingle),
		enabled: hasFailed,
	});
	return (
		<li className="border-line border-t py-3">
			<div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
				<Link href={routes.action(step.action_id)} prefetch={false} className="text-accent underline">
					{actionTypeLabel(intended ?? type)}
				</Link>
				{intended && intended !== type ? <span className="text-ink-muted">escalated</span> : null}
				<ActionStatusMark action={action ?? { status: step.status, result: null }} />
				<span className="text-ink-muted">
					<Age at={step.created_at} suffix=" ago" />
				</span>
			</div>
			{diff ? (
				<div className="mt-2">
					<RemediationFiguresView diff={diff} spans={spans} />
					{spans === null ? null : isCompared ? (
						<div className="mt-3">
							<BeforeAfter {...spans} />
						</div>
					) : (
						<Button className="mt-3" onClick={() => setIsCompared(true)}>
							Compare before and after
						</Button>
					)}
				</div>
			) : hasFailed ? (
				<Failure action={action} />
			) : (
				<p className="mt-1 text-ink-muted">{withoutDiff[step.status] ?? "What it changed is not known."}</p>
			)}
		</li>
	);
}

/** Why there is nothing to compare, as far as the action itself tells. */
function Failure({ action }: { action: ControlAction | undefined }) {
	if (action === undefined) {
		return <p className="mt-1 text-ink-muted">It failed, so there is nothing to compare.</p>;
	}
	const { sentence, said } = outcomeOf(action);
	return (
		<p className="mt-1 text-ink-muted">
			{sentence} {said !== null && rejectionOf(action) !== null ? "Reason: " : null}
			{said === null ? null : <PlainText text={said} />}
		</p>
	);
}
