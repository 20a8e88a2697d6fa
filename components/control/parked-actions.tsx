"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { useViewer } from "@/components/layout/viewer";
import { UnreadNotice } from "@/components/ui/unread-notice";
import { useFailure } from "@/components/ui/use-failure";
import { browserApi } from "@/lib/client/browser-client";
import type { ParkedDecision } from "@/lib/client/control-actions-api";
import { parkedActionsQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import type { ControlAction } from "@/lib/contract/control-action";
import { countOf, shortenId } from "@/lib/format";
import { refusal } from "@/lib/rules/authority";
import { DecideActionDialog } from "./decide-action-dialog";
import { DecidedElsewhere } from "./decided-elsewhere";
import { DecidedNotice } from "./decided-notice";
import { ParkedAction } from "./parked-action";
import type { ParkedOutcome } from "./parked-decision";

/** How many are open from the start; the others open by a press. */
const openFromStart = 3;

/** The control actions that wait for an owner, the one that has waited longest first, each with its two buttons. */
export function ParkedActions() {
	const headingId = useId();
	const why = refusal("list_parked_actions", useViewer());
	return (
		<section aria-labelledby={headingId}>
			<h2 id={headingId} className="mb-2 font-medium text-base">
				Waiting for approval
			</h2>
			{why === null ? <ParkedList /> : <p className="text-ink-muted">{why}</p>}
		</section>
	);
}

interface Opened {
	action: ControlAction;
	decision: ParkedDecision;
}

function ParkedList() {
	const query = useQuery(parkedActionsQuery(browserApi));
	const failure = useFailure(query);
	const { data: projects } = useQuery(projectsQuery(browserApi));
	// Held here and not in the row, which is gone as soon as somebody has decided.
	const [opened, setOpened] = useState<Opened | null>(null);
	const [decided, setDecided] = useState<readonly ParkedOutcome[]>([]);
	const gone = useGone(query.data);
	const parked = query.data ?? [];
	const nameOf = ({ project_id: id }: ControlAction) =>
		projects?.find((project) => project.id === id)?.name ?? shortenId(id);
	const mine = new Set([...decided.map(idOf), opened?.action.id]);
	const elsewhere = gone.filter(({ id }) => !mine.has(id));
	return (
		<>
			<LiveDataNotice query={query} />
			<div role="status">
				{decided.map((outcome) => (
					<DecidedNotice key={idOf(outcome)} outcome={outcome} />
				))}
				{elsewhere.map((action) => (
					<DecidedElsewhere key={action.id} action={action} />
				))}
			</div>
			{failure !== null ? (
				<UnreadNotice what="What waits for approval" failure={failure} />
			) : query.data === undefined ? (
				<p className="text-ink-muted">Reading what waits for approval</p>
			) : parked.length === 0 ? (
				<p className="text-ink-muted">No action waits for approval.</p>
			) : (
				<>
					<p className="mb-2 text-ink-muted text-xs">
						{countOf(parked.length, "action")}, the one that has waited longest first
					</p>
					<ol aria-label="Waiting for approval" className="border-line border-b">
						{parked.map((action, index) => (
							<ParkedAction
								key={action.id}
								action={action}
								projectName={nameOf(action)}
								isOpenFromStart={index < openFromStart}
								onDecide={(decision) => setOpened({ action, decision })}
							/>
						))}
					</ol>
				</>
			)}
			{opened === null ? null : (
				<DecideActionDialog
					key={`${opened.action.id} ${opened.decision}`}
					action={opened.action}
					decision={opened.decision}
					projectName={nameOf(opened.action)}
					onClose={() => setOpened(null)}
					onDecided={(outcome) => {
						setOpened(null);
						setDecided((known) => [...known, outcome]);
					}}
				/>
			)}
		</>
	);
}

function idOf(outcome: ParkedOutcome): string | undefined {
	return outcome.kind === "decided" ? outcome.action.id : undefined;
}

/** Those that were in the list while this page was open and are not any more. */
function useGone(parked: readonly ControlAction[] | undefined): readonly ControlAction[] {
	const [known, setKnown] = useState(parked);
	const [gone, setGone] = useState<readonly ControlAction[]>([]);
	if (known !== parked) {
		setKnown(parked);
		const ids = new Set(parked?.map(({ id }) => id));
		const missing = (known ?? []).filter(({ id }) => parked !== undefined && !ids.has(id));
		if (missing.length > 0) setGone([...gone, ...missing]);
	}
	return gone;
}
