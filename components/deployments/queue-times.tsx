"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { Duration } from "@/components/ui/clock";
import { browserApi } from "@/lib/client/browser-client";
import { queueTimesQuery } from "@/lib/client/queries/queue";
import { countOf, formatDuration, formatNumber } from "@/lib/format";
import { statusLabel } from "@/lib/rules/lifecycle";

interface QueueTimesProps {
	projectId: string | null;
	/** The states that are told about: those of the view. */
	statuses: readonly string[];
}

/**
 * How long things wait in each state of the view, and how long decisions took in the last days. On a narrow screen a
 * button opens it: ten lines of it would stand above the first row.
 */
export function QueueTimes({ projectId, statuses }: QueueTimesProps) {
	const { data } = useQuery(queueTimesQuery(browserApi, projectId));
	const [isOpen, setIsOpen] = useState(false);
	const listId = useId();
	if (data === undefined) return null;
	const waiting = statuses.flatMap((status) => data.waiting.find((one) => one.status === status) ?? []);
	const { count, days, median_seconds: medianSeconds } = data.decisions;
	return (
		<div className="text-ink-muted text-xs">
			<button
				type="button"
				aria-expanded={isOpen}
				aria-controls={listId}
				onClick={() => setIsOpen(!isOpen)}
				className="-ml-1 flex h-6 items-center gap-1 rounded px-1 hover:bg-hover sm:hidden"
			>
				<ChevronRight aria-hidden className={clsx("size-4", isOpen && "rotate-90")} />
				How long things wait
			</button>
			<ul
				id={listId}
				aria-label="Times"
				className={clsx("flex flex-wrap gap-x-5", !isOpen && "max-sm:hidden")}
			>
				{waiting.map(({ status, total, oldest_since: oldest, median_since: median }) =>
					total === 0 || oldest === null ? null : (
						<li key={status}>
							{statusLabel(status)} {formatNumber(total)}:{" "}
							{/* Of very many the server does not say which one is in the middle. */}
							{median === null ? null : (
								<>
									half for <Duration since={median} isOver />,{" "}
								</>
							)}
							the longest for <Duration since={oldest} />
						</li>
					),
				)}
				<li>
					{medianSeconds === null
						? `No decision in the last ${days} days`
						: `Median time to decision ${formatDuration(medianSeconds * 1_000)} (${countOf(count, "decision")} in ${days} days)`}
				</li>
			</ul>
		</div>
	);
}
