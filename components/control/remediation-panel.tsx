"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { BeforeAfter } from "@/components/traces/before-after";
import { spansOfDiff } from "@/components/traces/remediation-figures";
import { RemediationFiguresView } from "@/components/traces/remediation-figures-view";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { statusOf } from "@/lib/client/api-error";
import { browserApi } from "@/lib/client/browser-client";
import { remediationDiffQuery, timesAsked } from "@/lib/client/queries/control";
import { traceQuery } from "@/lib/client/queries/traces";
import type { ControlAction } from "@/lib/contract/control-action";
import { countOf } from "@/lib/format";
import { rejectionOf } from "@/lib/rules/control-action/outcome";

/** What an action has changed: asked for again, ever more seldom, while the API still compares. */
export function RemediationPanel({ action }: { action: ControlAction }) {
	const queryClient = useQueryClient();
	/** How often had been asked when somebody last began to wait; null where nobody waits. */
	const [askedBefore, setAskedBefore] = useState<number | null>(0);
	const question = remediationDiffQuery(browserApi, action, askedBefore);
	const query = useQuery(question);
	// Each answer is drawn, also one that says the same: these change with it.
	const { data, error, dataUpdatedAt: _, errorUpdatedAt: __ } = query;
	const asked = timesAsked(queryClient.getQueryState(question.queryKey));
	const trace = useQuery({
		...traceQuery(browserApi, action.trace_id ?? ""),
		enabled: Boolean(action.trace_id),
	});
	const diff = data?.kind === "ready" ? data.diff : null;
	const spans = diff === null ? null : spansOfDiff(diff, trace.data);
	const isTraceOld = diff !== null && trace.data !== undefined && spans === null;
	const { refetch: readTraceAgain } = trace;
	useEffect(() => {
		// The trace was read before the action had made its span.
		if (isTraceOld) void readTraceAgain();
	}, [isTraceOld, readTraceAgain]);

	function askAgain() {
		setAskedBefore(asked);
		void query.refetch();
	}

	if (data === undefined) {
		if (error === null) return <p className="text-ink-muted">Reading what it changed</p>;
		return (
			<Notice tone="warn" role="status">
				<p>
					{statusOf(error) === 404
						? "The API does not know what this action changed."
						: `What it changed could not be read. ${error.message}`}
				</p>
				<Button className="mt-2" disabled={query.isFetching} onClick={askAgain}>
					Ask again
				</Button>
			</Notice>
		);
	}
	if (data.kind === "none") {
		if (action.status === "pending") {
			return <p className="text-ink-muted">It has not ended yet, so there is nothing to compare.</p>;
		}
		if (rejectionOf(action) !== null) {
			return <p className="text-ink-muted">It never ran, so there is nothing to compare.</p>;
		}
		return (
			<p className="text-ink-muted">
				Not available. <span>{data.why}</span>
			</p>
		);
	}
	if (data.kind === "pending") {
		const isWaiting = askedBefore !== null;
		return (
			<Notice tone="info">
				<p role="status">
					{isWaiting
						? "The API has not compared the two answers yet. This page asks again, ever more seldom."
						: "The API had not compared the two answers yet, and this page does not ask any more."}
				</p>
				<p className="text-ink-muted text-xs">
					Asked {countOf(asked, "time")}
					{error === null ? "" : `. The last one failed: ${error.message}`}
				</p>
				<div className="mt-2 flex gap-2">
					{isWaiting ? <Button onClick={() => setAskedBefore(null)}>Stop asking</Button> : null}
					<Button disabled={query.isFetching} onClick={askAgain}>
						Ask again
					</Button>
				</div>
			</Notice>
		);
	}
	return (
		<div className="flex flex-col gap-6">
			<RemediationFiguresView diff={data.diff} spans={spans} />
			{spans === null ? (
				<p className="text-ink-muted">
					{trace.isFetching
						? "Reading the two spans"
						: "The two spans that were compared are not in the trace as the API answers it."}
				</p>
			) : (
				<BeforeAfter {...spans} />
			)}
		</div>
	);
}
