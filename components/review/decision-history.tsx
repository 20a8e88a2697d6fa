"use client";

import { useQuery } from "@tanstack/react-query";
import { Actor } from "@/components/layout/viewer";
import { Age } from "@/components/ui/clock";
import { Panel } from "@/components/ui/panel";
import { PlainText } from "@/components/ui/plain-text";
import { browserApi } from "@/lib/client/browser-client";
import { decisionsQuery } from "@/lib/client/queries/deployments";
import { formatMoment } from "@/lib/format";
import { statusLabel } from "@/lib/rules/lifecycle";

/** Who decided what, when and why; left out where the API keeps no such list. */
export function DecisionHistory({ id }: { id: string }) {
	const { data: decisions } = useQuery(decisionsQuery(browserApi, id));
	if (!decisions || decisions.length === 0) return null;
	return (
		<Panel title="History">
			<ol className="space-y-2">
				{decisions.map((decision) => (
					<li key={`${decision.created_at} ${decision.decision}`}>
						<p>
							<span className="font-medium">{statusLabel(decision.to_status)}</span> by{" "}
							<Actor id={decision.actor_id} />
						</p>
						<p className="text-ink-muted text-xs">
							{formatMoment(decision.created_at)} · <Age at={decision.created_at} suffix=" ago" />
						</p>
						{decision.reason ? (
							<p className="mt-0.5">
								<PlainText text={decision.reason} />
							</p>
						) : null}
					</li>
				))}
			</ol>
		</Panel>
	);
}
