import type { ReactNode } from "react";
import { PlainText } from "@/components/ui/plain-text";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { countOf } from "@/lib/format";
import { routes } from "@/lib/routes";
import { StatusMark } from "./status-mark";

interface RowLinesProps {
	title: string;
	rows: readonly DeploymentSummary[];
	/** What is said of a row, under its line. */
	about?: (row: DeploymentSummary) => ReactNode;
}

/**
 * Deployments in one line each, state and rationale; a long list is scrolled in place. Each opens in a tab of
 * its own, so that looking at one gives nothing up here. Nothing where there is none.
 */
export function RowLines({ title, rows, about }: RowLinesProps) {
	if (rows.length === 0) return null;
	return (
		<section
			aria-label={`${title}: ${countOf(rows.length, "deployment")}`}
			className="mt-3 max-h-44 overflow-y-auto rounded-md border border-line"
		>
			<h3 className="sticky top-0 bg-surface px-3 py-1 font-medium text-xs">
				{title} ({rows.length})
			</h3>
			<ul>
				{rows.map((row) => (
					<li key={row.id} className="border-line border-t px-3 py-1.5">
						<div className="flex min-w-0 gap-3">
							<StatusMark status={row.status} className="shrink-0" />
							<a
								href={routes.deployment(row.id)}
								target="_blank"
								rel="noreferrer"
								className="min-w-0 truncate hover:underline focus-visible:-outline-offset-2"
							>
								{row.rationale ? <PlainText text={row.rationale} isOneLine /> : "No rationale given"}
							</a>
						</div>
						{about ? <div className="text-ink-muted text-xs">{about(row)}</div> : null}
					</li>
				))}
			</ul>
		</section>
	);
}
