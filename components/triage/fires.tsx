"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useRef, useState } from "react";
import { ExecuteActionDialog } from "@/components/control/execute-action-dialog";
import { LiveDataNotice } from "@/components/layout/live-data-notice";
import { useExtension, useViewer } from "@/components/layout/viewer";
import { decisionWords } from "@/components/review/decision-words";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { UnreadNotice } from "@/components/ui/unread-notice";
import { useFailure } from "@/components/ui/use-failure";
import { useSingleKeys } from "@/components/ui/use-single-keys";
import { browserApi } from "@/lib/client/browser-client";
import { firesQuery } from "@/lib/client/queries/fires";
import { projectsQuery } from "@/lib/client/queries/projects";
import type { QueueRow } from "@/lib/contract/queue";
import { countOf, shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { isAllowed } from "@/lib/rules/authority";
import { judgeDecision } from "@/lib/rules/lifecycle";
import { byHarm } from "./by-harm";
import { Fire } from "./fire";
import { RollBackDialog } from "./roll-back-dialog";

/** Each of them asks for its history, so the tail of a long list waits until somebody wants it. */
const shownAtFirst = 10;
/** What a deployment replaced takes many reads; of the others it is read when they are chosen. */
const lookedIntoMax = 3;

/** Every regressed deployment, the most harmful first, with its two remedies at hand. */
export function Fires() {
	const headingId = useId();
	const viewer = useViewer();
	const query = useQuery(firesQuery(browserApi, useExtension("queue")));
	const failure = useFailure(query);
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const fires = byHarm(query.data?.items ?? []);
	const [chosenId, setChosenId] = useState<string | null>(null);
	const [isAll, setIsAll] = useState(false);
	const shown = isAll ? fires : fires.slice(0, shownAtFirst);
	const chosen = shown.find(({ id }) => id === chosenId) ?? shown[0];
	// Held here and not in the row, which is gone as soon as it is rolled back.
	const [opened, setOpened] = useState<{ what: "rollback" | "execute"; fire: QueueRow } | null>(null);
	const [done, setDone] = useState<readonly QueueRow[]>([]);
	const doneLink = useRef<HTMLAnchorElement>(null);
	const list = useRef<HTMLOListElement>(null);
	const nameOf = ({ project_id: id }: QueueRow) =>
		projects?.find((project) => project.id === id)?.name ?? shortenId(id);

	function step(by: 1 | -1) {
		const at = shown.findIndex(({ id }) => id === chosen?.id);
		const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
		if (next === undefined) return;
		setChosenId(next.id);
		list.current?.querySelector<HTMLElement>(`[data-fire="${CSS.escape(next.id)}"] a`)?.focus();
	}

	function open(what: "rollback" | "execute", fire: QueueRow | undefined) {
		if (fire === undefined) return;
		const mayOpen =
			what === "execute"
				? isAllowed("execute_action", viewer)
				: judgeDecision("rollback", fire.status, viewer).allowed;
		if (!mayOpen) return;
		setChosenId(fire.id);
		setOpened({ what, fire });
	}

	useSingleKeys({
		j: () => step(1),
		k: () => step(-1),
		b: () => open("rollback", chosen),
		e: () => open("execute", chosen),
	});

	return (
		<section aria-labelledby={headingId}>
			<h2 id={headingId} className="sr-only">
				On fire
			</h2>
			<LiveDataNotice query={query} />
			<div role="status">
				{done.map((fire) => (
					<Notice key={fire.id} tone="info" className="mb-3">
						{nameOf(fire)}: {decisionWords.rollback.done} The API confirmed it.{" "}
						<Link ref={doneLink} href={routes.deployment(fire.id)} prefetch={false} className="underline">
							To its record
						</Link>
					</Notice>
				))}
			</div>
			{failure !== null ? (
				<UnreadNotice what="What has regressed" failure={failure} />
			) : query.data === undefined ? (
				<p className="text-ink-muted">Reading what has regressed</p>
			) : fires.length === 0 ? (
				<p className="text-ink-muted">No live prompt has regressed.</p>
			) : (
				<>
					<p className="mb-2 max-w-[80ch] text-ink-muted">
						{query.data.isComplete
							? `${countOf(fires.length, "live prompt has", "live prompts have")} regressed, the deepest fall first.`
							: `More than ${fires.length} live prompts have regressed. Of the newest ${fires.length}, the deepest fall comes first.`}{" "}
						The rolling metric is over all traffic; the score of an A/B test is over replayed failure traces.
						They are different populations, so the one does not refute the other.
					</p>
					<ol ref={list} aria-label="On fire" className="border-line border-b">
						{shown.map((fire, index) => (
							<Fire
								key={fire.id}
								fire={fire}
								projectName={nameOf(fire)}
								looked={query.dataUpdatedAt}
								isChosen={fires.length > 1 && fire.id === chosen?.id}
								isLookedInto={index < lookedIntoMax || fire.id === chosen?.id}
								onRollBack={() => open("rollback", fire)}
								onExecute={() => open("execute", fire)}
							/>
						))}
					</ol>
					{shown.length < fires.length ? (
						<Button className="mt-3" onClick={() => setIsAll(true)}>
							Show all {fires.length}
						</Button>
					) : null}
				</>
			)}
			{opened?.what === "rollback" ? (
				<RollBackDialog
					key={opened.fire.id}
					fire={opened.fire}
					projectName={nameOf(opened.fire)}
					onClose={() => setOpened(null)}
					onDone={() => {
						setDone((known) => [...known, opened.fire]);
						setOpened(null);
					}}
					focusAfter={() => doneLink.current}
				/>
			) : null}
			{shown.map((fire) => (
				// One for each, so that what was typed for one is still there, and not offered for another.
				<ExecuteActionDialog
					key={fire.id}
					projectId={fire.project_id}
					projectName={nameOf(fire)}
					deploymentId={fire.id}
					isOpen={opened?.what === "execute" && opened.fire.id === fire.id}
					onOpenChange={(isOpen) => setOpened(isOpen ? { what: "execute", fire } : null)}
				/>
			))}
		</section>
	);
}
