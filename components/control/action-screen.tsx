"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { useExtension, useViewer } from "@/components/layout/viewer";
import { TraceGlance } from "@/components/traces/trace-glance";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import { JsonBlock } from "@/components/ui/json-value";
import { PageMessage } from "@/components/ui/page-message";
import { Panel } from "@/components/ui/panel";
import { PlainText } from "@/components/ui/plain-text";
import { useFailure } from "@/components/ui/use-failure";
import { browserApi } from "@/lib/client/browser-client";
import type { ParkedDecision } from "@/lib/client/control-actions-api";
import { controlActionQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import type { ControlAction } from "@/lib/contract/control-action";
import { shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { refusal } from "@/lib/rules/authority";
import { outcomeOf, rejectionOf } from "@/lib/rules/control-action/outcome";
import { ActionFacts } from "./action-facts";
import { ActionName } from "./action-name";
import { ActionStatusMark } from "./action-status-mark";
import { AskedFor } from "./asked-for";
import { DecideActionDialog } from "./decide-action-dialog";
import { DecidedNotice } from "./decided-notice";
import { ExecutorNotes } from "./executor-notes";
import type { ParkedOutcome } from "./parked-decision";
import { RemediationPanel } from "./remediation-panel";

/** One control action: how it stands, what it was about, what it changed. */
export function ActionScreen({ id }: { id: string }) {
	const isSingle = useExtension("action-filters");
	const query = useQuery(controlActionQuery(browserApi, id, isSingle));
	const failure = useFailure(query);
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const action = query.data;
	return (
		<div className="px-3 pb-10 sm:px-5">
			<p className="pt-3">
				<Link href={routes.actions} className="text-accent underline">
					Control actions
				</Link>
			</p>
			{action === undefined ? (
				<PageMessage title={failure ? "The action could not be read" : "Reading the action"}>
					{failure ? <p>{failure.message} This page keeps trying.</p> : null}
				</PageMessage>
			) : (
				<>
					<LiveDataNotice query={query} />
					<ActionPage
						action={action}
						projectName={
							projects?.find((project) => project.id === action.project_id)?.name ??
							shortenId(action.project_id)
						}
					/>
				</>
			)}
		</div>
	);
}

function ActionPage({ action, projectName }: { action: ControlAction; projectName: string }) {
	const { sentence, said } = outcomeOf(action);
	const isParked = action.status === "pending_approval";
	return (
		<>
			<div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-3">
				<h1 className="font-medium text-lg">
					<ActionName action={action} />
				</h1>
				<ActionStatusMark action={action} />
				<span className="text-ink-muted">
					{projectName}, <Age at={action.created_at} suffix=" ago" />
				</span>
			</div>
			<div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
				<div className="min-w-0">
					<Panel title="State">
						<p>{sentence}</p>
						{said === null ? null : (
							<p className="mt-1 text-ink-muted">
								{rejectionOf(action) === null ? null : "Reason: "}
								<PlainText text={said} />
							</p>
						)}
						<ExecutorNotes result={action.result} />
						<Approval action={action} projectName={projectName} />
					</Panel>
					{isParked ? null : (
						<Panel title="What it changed">
							<RemediationPanel action={action} />
						</Panel>
					)}
					{action.trace_id ? (
						<Panel title="The trace">
							<TraceGlance traceId={action.trace_id} />
						</Panel>
					) : null}
					<Panel title="Payload">
						<Json value={action.payload} />
					</Panel>
					<Panel title="Result">
						<Json value={action.result} />
					</Panel>
				</div>
				<aside className="min-w-0">
					<ActionFacts action={action} projectName={projectName} />
				</aside>
			</div>
		</>
	);
}

function Json({ value }: { value: unknown }): ReactNode {
	return value ? <JsonBlock value={value} /> : <p className="text-ink-muted">None</p>;
}

/** Of a parked action why it waits, what was asked for, and the two buttons; afterwards what came of one's own. */
function Approval({ action, projectName }: { action: ControlAction; projectName: string }) {
	const why = refusal("decide_action", useViewer());
	const [decision, setDecision] = useState<ParkedDecision | null>(null);
	const [outcome, setOutcome] = useState<ParkedOutcome | null>(null);
	const isParked = action.status === "pending_approval";
	return (
		<div className="mt-3 flex flex-col gap-3">
			<div role="status">{outcome === null ? null : <DecidedNotice outcome={outcome} />}</div>
			{isParked ? (
				<>
					<AskedFor action={action} />
					<div className="flex flex-wrap items-center gap-2">
						<Button disabled={why !== null} onClick={() => setDecision("reject")}>
							Reject…
						</Button>
						<Button variant="primary" disabled={why !== null} onClick={() => setDecision("approve")}>
							Approve…
						</Button>
						{why === null ? null : <p className="text-ink-muted">{why}</p>}
					</div>
				</>
			) : null}
			{decision === null ? null : (
				<DecideActionDialog
					key={decision}
					action={action}
					decision={decision}
					projectName={projectName}
					onClose={() => setDecision(null)}
					onDecided={(confirmed) => {
						setDecision(null);
						setOutcome(confirmed);
					}}
				/>
			)}
		</div>
	);
}
