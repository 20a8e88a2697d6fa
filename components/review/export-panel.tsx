"use client";

import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { routes } from "@/lib/routes";

const linkClass = "text-accent underline-offset-2 hover:underline";

/** Ways to take a decision along: the record as a file, and the page on paper. */
export function ExportPanel({ id }: { id: string }) {
	return (
		<Panel title="Export">
			<div data-no-print="section">
				<p className="text-ink-muted">
					Both prompts, the difference, the report, the findings and the decision.
				</p>
				<div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
					<a href={routes.decisionRecordMarkdown(id)} download className={linkClass}>
						Decision record as Markdown
					</a>
					<a
						href={routes.decisionRecordJson(id)}
						download
						aria-label="Decision record as JSON"
						className={linkClass}
					>
						as JSON
					</a>
					<Button onClick={() => window.print()}>Print</Button>
				</div>
			</div>
		</Panel>
	);
}
