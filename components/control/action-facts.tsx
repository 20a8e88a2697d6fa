"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { Actor, useViewer } from "@/components/layout/viewer";
import { TraceLink } from "@/components/traces/trace-link";
import { Age } from "@/components/ui/clock";
import { ShortId } from "@/components/ui/short-id";
import { browserApi } from "@/lib/client/browser-client";
import { actionPeopleQuery } from "@/lib/client/queries/control";
import type { ControlAction } from "@/lib/contract/control-action";
import { formatMoment, shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { isAllowed } from "@/lib/rules/authority";
import { rejectionOf } from "@/lib/rules/control-action/outcome";

/** Who asked for an action, who decided on it, when, and what it belongs to; what the API does not tell is left out. */
export function ActionFacts({ action, projectName }: { action: ControlAction; projectName: string }) {
	const mayAsk = isAllowed("read_audit_log", useViewer());
	const { data: people } = useQuery({ ...actionPeopleQuery(browserApi, action), enabled: mayAsk });
	const rejection = rejectionOf(action);
	const isParked = action.status === "pending_approval";
	return (
		<dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] content-start gap-x-3 gap-y-1.5">
			<Fact name="Project">
				<Link href={routes.actionsBy({ project: action.project_id })} className="text-accent underline">
					{projectName}
				</Link>
			</Fact>
			<Fact name="Asked for">
				{formatMoment(action.created_at)}
				{people?.asked ? (
					<>
						{" "}
						by <Actor id={people.asked.by} />
					</>
				) : null}
			</Fact>
			{isParked ? (
				<Fact name="Waits for">
					<Age at={action.created_at} />
				</Fact>
			) : null}
			{people?.approved ? (
				<Fact name="Approved">
					{formatMoment(people.approved.at)} by <Actor id={people.approved.by} />
				</Fact>
			) : null}
			{rejection === null ? null : (
				<Fact name="Rejected">
					{formatMoment(action.updated_at)} by <Actor id={rejection.by} />
				</Fact>
			)}
			{action.executed_at ? <Fact name="Executed">{formatMoment(action.executed_at)}</Fact> : null}
			{action.trace_id ? (
				<Fact name="Trace">
					<TraceLink id={action.trace_id} />
				</Fact>
			) : null}
			{action.deployment_id ? (
				<Fact name="Deployment">
					<Link
						href={routes.deployment(action.deployment_id)}
						className="font-mono text-accent text-xs underline"
					>
						{shortenId(action.deployment_id)}
					</Link>
				</Fact>
			) : null}
			{action.rule_id ? (
				<Fact name="Rule">
					<ShortId id={action.rule_id} what="rule id" />
				</Fact>
			) : null}
			<Fact name="Action id">
				<ShortId id={action.id} what="action id" />
			</Fact>
		</dl>
	);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<>
			<dt className="text-ink-muted">{name}</dt>
			<dd className="min-w-0">{children}</dd>
		</>
	);
}
