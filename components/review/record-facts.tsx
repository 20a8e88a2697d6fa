"use client";

import type { ReactNode } from "react";
import { Actor } from "@/components/layout/viewer";
import { Age } from "@/components/ui/clock";
import { JsonValue } from "@/components/ui/json-value";
import { Panel } from "@/components/ui/panel";
import { PlainText } from "@/components/ui/plain-text";
import { ShortId } from "@/components/ui/short-id";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { autoRollbackActor } from "@/lib/contract/deployment-status";
import { formatMoment, formatSigned } from "@/lib/format";

const knownKeys = new Set([
	"id",
	"tenant_id",
	"project_id",
	"cluster_signature",
	"status",
	"current_prompt",
	"proposed_prompt",
	"created_at",
	"updated_at",
	"rationale",
	"ab_report",
	"regression_metric",
	"shipped_at",
	"rolled_back_at",
	"approved_by",
	"rejection_reason",
]);

/** Everything that the record says of itself, fields of a newer API among it. */
export function RecordFacts({ deployment }: { deployment: DeploymentSummary }) {
	const unknown = Object.entries(deployment).filter(([key]) => !knownKeys.has(key));
	return (
		<Panel title="Record">
			<dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
				<Fact name="Proposed">
					<Moment at={deployment.created_at} />
				</Fact>
				{deployment.approved_by ? (
					<Fact name={deployment.approved_by === autoRollbackActor ? "Rolled back by" : "Approved by"}>
						<Actor id={deployment.approved_by} />
					</Fact>
				) : null}
				{deployment.shipped_at ? (
					<Fact name="Shipped">
						<Moment at={deployment.shipped_at} />
					</Fact>
				) : null}
				{typeof deployment.regression_metric === "number" ? (
					<Fact name="Rolling metric">
						<span className="font-mono">{formatSigned(deployment.regression_metric)}</span>
					</Fact>
				) : null}
				{deployment.rolled_back_at ? (
					<Fact name="Rolled back">
						<Moment at={deployment.rolled_back_at} />
					</Fact>
				) : null}
				{deployment.status === "rejected" ? (
					<Fact name="Rejection reason">
						{deployment.rejection_reason ? (
							<PlainText text={deployment.rejection_reason} />
						) : (
							<span className="text-ink-muted">None was given</span>
						)}
					</Fact>
				) : null}
				<Fact name="Last change">
					<Moment at={deployment.updated_at} />
				</Fact>
				<Fact name="Cluster">
					<span className="font-mono text-xs [overflow-wrap:anywhere]">{deployment.cluster_signature}</span>
				</Fact>
				<Fact name="Id">
					<ShortId id={deployment.id} what="deployment id" />
				</Fact>
				<Fact name="Project id">
					<ShortId id={deployment.project_id} what="project id" />
				</Fact>
				{unknown.map(([key, value]) => (
					<Fact key={key} name={key}>
						<JsonValue value={value} />
					</Fact>
				))}
			</dl>
		</Panel>
	);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="contents">
			<dt className="text-ink-muted">{name}</dt>
			<dd className="min-w-0">{children}</dd>
		</div>
	);
}

function Moment({ at }: { at: string }) {
	return (
		<span>
			{formatMoment(at)}{" "}
			<span className="text-ink-muted">
				· <Age at={at} suffix=" ago" />
			</span>
		</span>
	);
}
