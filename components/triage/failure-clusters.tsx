"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useState } from "react";
import { ExecuteActionButton } from "@/components/control/execute-action-button";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import { UnreadNotice } from "@/components/ui/unread-notice";
import { useFailure } from "@/components/ui/use-failure";
import { browserApi } from "@/lib/client/browser-client";
import { failureTrendsQuery } from "@/lib/client/queries/failures";
import { countOf, formatNumber, shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { type FailureTrend, trendInWords } from "@/lib/rules/failure-trend";

const shownAtFirst = 10;
const samplesMax = 5;
const messageMaxLength = 400;

/** What keeps failing, by its error: how often, whether it grows, and traces to look at. */
export function FailureClusters() {
	const headingId = useId();
	const query = useQuery(failureTrendsQuery(browserApi));
	const failure = useFailure(query);
	const [isAll, setIsAll] = useState(false);
	const trends = query.data ?? [];
	const shown = isAll ? trends : trends.slice(0, shownAtFirst);
	return (
		<section aria-labelledby={headingId}>
			<h2 id={headingId} className="mb-2 font-medium text-base">
				Failure clusters
			</h2>
			<LiveDataNotice query={query} />
			{failure !== null ? (
				<UnreadNotice what="The failure clusters" failure={failure} />
			) : query.data === undefined ? (
				<p className="text-ink-muted">Reading the failure clusters</p>
			) : trends.length === 0 ? (
				<p className="text-ink-muted">No trace has failed.</p>
			) : (
				<ul aria-label="Failure clusters" className="border-line border-b">
					{shown.map((trend) => (
						<Cluster key={trend.cluster.error_message} trend={trend} />
					))}
				</ul>
			)}
			{trends.length > shown.length ? (
				<Button className="mt-3" onClick={() => setIsAll(true)}>
					Show all {formatNumber(trends.length)}
				</Button>
			) : null}
		</section>
	);
}

function Cluster({ trend }: { trend: FailureTrend }) {
	const { error_message: message, count, first_seen, last_seen, sample_ids: samples } = trend.cluster;
	const [newest] = samples;
	const isCut = message.length > messageMaxLength;
	return (
		<li className="grid gap-x-6 gap-y-1 border-line border-t py-2 lg:grid-cols-[minmax(0,1fr)_auto]">
			<div className="min-w-0">
				<p className="max-w-[100ch]">
					<PlainText text={isCut ? message.slice(0, messageMaxLength).toWellFormed() : message} />
					{isCut ? "…" : null}
				</p>
				<p className="mt-1 text-ink-muted text-xs">
					{countOf(count, "failure")} · {trendInWords(trend)} · first seen{" "}
					<Age at={first_seen} suffix=" ago" />, last <Age at={last_seen} suffix=" ago" />
				</p>
				{samples.length > 0 ? (
					<p className="mt-1 text-ink-muted text-xs">
						Traces{" "}
						{samples.slice(0, samplesMax).map((id) => (
							<Link
								key={id}
								href={routes.trace(id)}
								prefetch={false}
								title={id}
								className="mr-2 font-mono text-accent underline"
							>
								{shortenId(id)}
							</Link>
						))}
					</p>
				) : null}
			</div>
			{newest === undefined ? null : (
				<div>
					<ExecuteActionButton traceId={newest} about={`trace ${shortenId(newest)}`} />
				</div>
			)}
		</li>
	);
}
