"use client";

import { useQuery } from "@tanstack/react-query";
import { Actor } from "@/components/layout/viewer";
import { Age } from "@/components/ui/clock";
import { Panel } from "@/components/ui/panel";
import { PlainText } from "@/components/ui/plain-text";
import { browserApi } from "@/lib/client/browser-client";
import { decisionsQuery } from "@/lib/client/queries/deployments";
import { originActionsQuery } from "@/lib/client/queries/origin-actions";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { formatMoment } from "@/lib/format";
import { eventInWords, gapsInWords, isActOfSomebody } from "@/lib/rules/timeline/event-in-words";
import { type TimelineEvent, timelineOf } from "@/lib/rules/timeline/timeline";

interface TimelinePanelProps {
	deployment: DeploymentSummary;
	/** True when the API keeps from which deployment a control action was asked for. */
	keepsActionOrigin: boolean;
}

/** What happened to a deployment, oldest first: when, by whom and why, as far as the API has recorded it. */
export function TimelinePanel({ deployment, keepsActionOrigin }: TimelinePanelProps) {
	const decisions = useQuery(decisionsQuery(browserApi, deployment.id));
	const origin = useQuery({ ...originActionsQuery(browserApi, deployment.id), enabled: keepsActionOrigin });
	const events = timelineOf({
		deployment,
		decisions: decisions.data ?? null,
		actions: origin.data?.actions ?? null,
	});
	const notes = [
		...(decisions.isError && decisions.data === undefined
			? ["The list of decisions could not be read: they are told from the record alone."]
			: []),
		...(origin.isError && origin.data === undefined
			? ["The control actions that were executed from here could not be read."]
			: []),
		...gapsInWords({
			keepsDecisions: decisions.data !== null,
			keepsActionOrigin,
			areActionsComplete: origin.data?.isComplete ?? true,
		}),
	];
	return (
		<Panel title="Timeline">
			<ol className="space-y-2">
				{withKeys(events).map(({ key, event }) => (
					<TimelineItem key={key} event={event} />
				))}
			</ol>
			{notes.map((note) => (
				<p key={note} className="mt-2 text-ink-muted text-xs">
					{note}
				</p>
			))}
		</Panel>
	);
}

function TimelineItem({ event }: { event: TimelineEvent }) {
	return (
		<li>
			<p>
				<span className="font-medium">
					<PlainText text={eventInWords(event)} isOneLine />
				</span>
				{isActOfSomebody(event) ? <By actor={event.actor} /> : null}
			</p>
			<p className="text-ink-muted text-xs">
				{event.at === null ? (
					"when is not recorded"
				) : (
					<>
						{formatMoment(event.at)} · <Age at={event.at} suffix=" ago" />
					</>
				)}
			</p>
			{event.reason === null ? null : (
				<p className="mt-0.5">
					<PlainText text={event.reason} />
				</p>
			)}
		</li>
	);
}

function By({ actor }: Pick<TimelineEvent, "actor">) {
	if (actor === null) return <span className="text-ink-muted">, by whom is not recorded</span>;
	return (
		<>
			{" "}
			by <Actor id={actor} />
		</>
	);
}

/** Equal entries, as of one action asked for twice at a moment, are told apart by their number. */
function withKeys(events: readonly TimelineEvent[]): { key: string; event: TimelineEvent }[] {
	const counts = new Map<string, number>();
	return events.map((event) => {
		const name = event.kind === "action" ? event.action.id : `${event.kind} ${event.at}`;
		const count = (counts.get(name) ?? 0) + 1;
		counts.set(name, count);
		return { key: `${name} ${count}`, event };
	});
}
