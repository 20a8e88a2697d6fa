"use client";

import Link from "next/link";
import { useState } from "react";
import { actionTypeLabel } from "@/components/control/action-labels";
import { ActionStatusMark } from "@/components/control/action-status-mark";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import type { RemediationChain } from "@/lib/contract/remediation";
import type { Trace } from "@/lib/contract/trace";
import { routes } from "@/lib/routes";
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
	failed: "It failed, so there is nothing to compare.",
};

function Step({ step, trace }: { step: RemediationChain["steps"][number]; trace: Trace }) {
	const [isCompared, setIsCompared] = useState(false);
	const { diff, action_type: type, intended_action_type: intended } = step;
	const spans = diff ? spansOfDiff(diff, trace) : null;
	return (
		<li className="border-line border-t py-3">
			<div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
				<Link href={routes.action(step.action_id)} prefetch={false} className="text-accent underline">
					{actionTypeLabel(intended ?? type)}
				</Link>
				{intended && intended !== type ? <span className="text-ink-muted">escalated</span> : null}
				<ActionStatusMark status={step.status} />
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
			) : (
				<p className="mt-1 text-ink-muted">{withoutDiff[step.status] ?? "What it changed is not known."}</p>
			)}
		</li>
	);
}
