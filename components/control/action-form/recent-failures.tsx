"use client";

import { useQuery } from "@tanstack/react-query";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import { browserApi } from "@/lib/client/browser-client";
import { recentFailuresQuery } from "@/lib/client/queries/traces";
import { shortenId } from "@/lib/format";

/** The newest failures of a project, one press away from being what an action is about. */
export function RecentFailures({
	projectId,
	onChoose,
}: {
	projectId: string;
	onChoose: (id: string) => void;
}) {
	const { data: traces = [] } = useQuery(recentFailuresQuery(browserApi, projectId));
	if (traces.length === 0) return null;
	return (
		<ul aria-label="Its newest failures" className="mt-1 text-xs">
			{traces.map(({ id, error, started_at }) => (
				<li key={id}>
					<button
						type="button"
						title={id}
						onClick={() => onChoose(id)}
						className="flex min-h-6 w-full items-baseline gap-2 text-left hover:bg-hover"
					>
						<span className="font-mono text-accent underline">{shortenId(id)}</span>
						<span className="min-w-0 flex-1 truncate">
							<PlainText text={error ?? ""} isOneLine />
						</span>
						<span className="text-ink-muted">
							<Age at={started_at} suffix=" ago" />
						</span>
					</button>
				</li>
			))}
		</ul>
	);
}
