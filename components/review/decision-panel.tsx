"use client";

import { useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { useSingleKeys } from "@/components/ui/use-single-keys";
import { useWhenWanted } from "@/components/ui/use-when-wanted";
import { drafts, usedReasons } from "@/lib/client/kept-text";
import { refreshDeployments } from "@/lib/client/queries/deployments";
import { hasVisibleCharacter } from "@/lib/contract/characters";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { PreparedReview } from "@/lib/review/prepared-review";
import { routes } from "@/lib/routes";
import { deskRefusal, isAllowed } from "@/lib/rules/authority";
import { type Decision, decisions, judgeDecisions } from "@/lib/rules/lifecycle";
import { expectArrival } from "./arrival";
import { decisionWords } from "./decision-words";
import { useDecision } from "./use-decision";
import { type QueuePlace, useQueuePlace } from "./use-queue-place";
import { useSettled } from "./use-settled";

interface DecisionPanelProps {
	deployment: DeploymentSummary;
	review: PreparedReview;
	projectName: string;
}

const keyOf = { approve: "a", reject: "r", rollback: undefined } as const satisfies Record<Decision, unknown>;

const loadDialogs = async () => {
	const [{ DecisionDialog }, { ExecuteActionDialog }] = await Promise.all([
		import("./decision-dialog"),
		import("@/components/control/execute-action-dialog"),
	]);
	return { DecisionDialog, ExecuteActionDialog };
};

/** Fetched when somebody comes near a button; what could not be fetched then is fetched by the press. */
const prepareDialogs = () => void loadDialogs().catch(() => undefined);
const whenNear = { onPointerEnter: prepareDialogs, onFocus: prepareDialogs };

/** The four buttons, what each needs, and what became of the last one pressed. */
export function DecisionPanel({ deployment, review, projectName }: DecisionPanelProps) {
	const { id } = deployment;
	const queryClient = useQueryClient();
	const viewer = useViewer();
	const verdicts = judgeDecisions(deployment.status, viewer);
	const mayExecute = isAllowed("execute_action", viewer);
	const roleRefusal = deskRefusal(viewer);
	const context = useSettled(review.later);
	const { outcome, isSending, send, forget } = useDecision(id);
	const [open, setOpen] = useState<Decision | "execute" | null>(null);
	// Kept here and not in the dialog, so that closing it, or a failed submit, loses nothing typed.
	const [reasons, setReasons] = useState<Partial<Record<Decision, string>>>({});
	// Followed from the start: what stood behind this one is known only while it still waits.
	const place = useQueuePlace(id);
	const nextLink = useRef<HTMLAnchorElement>(null);
	const confirmed = outcome?.kind === "confirmed" ? outcome : null;
	const refusals = decisions.flatMap((decision) => {
		const verdict = verdicts[decision];
		return verdict.allowed || verdict.cause === "role" ? [] : [{ decision, why: verdict.why }];
	});
	const shown = open === null || open === "execute" ? null : open;
	const [isUnloadable, setIsUnloadable] = useState(false);
	const dialogs = useWhenWanted(open !== null, loadDialogs, {
		onGiveUp: (cause) => {
			setOpen(null);
			setIsUnloadable(cause === "failed");
		},
		onType: (edit) => {
			if (shown !== null) handleReason(shown, edit(reasons[shown] ?? ""));
		},
	});

	const isLoading = (what: Decision | "execute") => (open === what && dialogs === null) || undefined;

	function handleOpen(decision: Decision) {
		if (!verdicts[decision].allowed) return;
		setIsUnloadable(false);
		forget();
		setReasons((known) => ({ ...known, [decision]: known[decision] ?? drafts.read(`${id}:${decision}`) }));
		setOpen(decision);
	}

	function handleExecute() {
		if (!mayExecute) return;
		setIsUnloadable(false);
		setOpen("execute");
	}

	function handleReason(decision: Decision, reason: string) {
		setReasons((known) => ({ ...known, [decision]: reason }));
		drafts.write(`${id}:${decision}`, reason);
	}

	// The buttons stay in sight on a narrow screen, this panel does not.
	const unloadable = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (isUnloadable) unloadable.current?.scrollIntoView({ block: "center" });
	}, [isUnloadable]);

	useSingleKeys({
		a: () => handleOpen("approve"),
		r: () => handleOpen("reject"),
		e: handleExecute,
	});

	return (
		<Panel title="Decision">
			{confirmed === null ? null : (
				<Notice tone="info" role="status" className="mb-3">
					<p>{decisionWords[confirmed.decision].done} The API confirmed it.</p>
					<NextInQueue place={place} linkRef={nextLink} />
				</Notice>
			)}
			{deployment.status === "rejected" && deployment.shipped_at ? (
				<Notice tone="warn" className="mb-3">
					This was shipped before it was rejected. Rejecting takes nothing down, so its prompt may still be
					live.
				</Notice>
			) : null}
			<div
				data-no-print
				className={clsx(
					"gap-2 lg:grid lg:grid-cols-2 max-lg:flex max-sm:gap-1",
					roleRefusal === null
						? "z-30 max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:overflow-x-auto max-lg:border-line max-lg:border-t max-lg:bg-page max-lg:px-3 max-lg:py-2 max-sm:justify-between"
						: "flex-wrap",
				)}
			>
				{decisions.map((decision) => (
					<Button
						key={decision}
						variant={decision === "approve" ? "primary" : "plain"}
						disabled={!verdicts[decision].allowed}
						aria-describedby={verdicts[decision].allowed ? undefined : "why-not"}
						aria-keyshortcuts={keyOf[decision]}
						aria-busy={isLoading(decision)}
						{...(verdicts[decision].allowed ? whenNear : null)}
						onClick={() => handleOpen(decision)}
					>
						{decisionWords[decision].button}
					</Button>
				))}
				<Button
					disabled={!mayExecute}
					aria-describedby={mayExecute ? undefined : "why-not"}
					aria-keyshortcuts="e"
					aria-busy={isLoading("execute")}
					{...(mayExecute ? whenNear : null)}
					onClick={handleExecute}
				>
					<span>
						Execute<span className="max-sm:sr-only"> action</span>
					</span>
				</Button>
			</div>
			<div id="why-not" data-no-print className="mt-2 space-y-1 text-ink-muted">
				{roleRefusal === null ? (
					refusals.map(({ decision, why }) => (
						<p key={decision}>
							<span className="font-medium">{decisionWords[decision].button}:</span> {why}
						</p>
					))
				) : (
					<p>{roleRefusal}</p>
				)}
			</div>
			{isUnloadable ? (
				<div ref={unloadable}>
					<Notice tone="bad" role="alert" className="mt-3">
						The dialog could not be loaded, so nothing was sent. Try again, or reload the page: what you have
						typed is kept.
					</Notice>
				</div>
			) : null}
			{dialogs !== null && shown !== null && confirmed === null ? (
				<dialogs.DecisionDialog
					key={shown}
					decision={shown}
					deployment={deployment}
					review={review}
					context={context}
					projectName={projectName}
					verdict={verdicts[shown]}
					onClose={() => setOpen(null)}
					focusAfter={() => nextLink.current}
					reason={reasons[shown] ?? ""}
					onReasonChange={(reason) => handleReason(shown, reason)}
					outcome={outcome?.decision === shown ? outcome : null}
					isSending={isSending}
					onLookAgain={() => {
						forget();
						void refreshDeployments(queryClient);
					}}
					onConfirm={(taken) =>
						send(taken, () => {
							setOpen(null);
							handleReason(taken.decision, "");
							if (hasVisibleCharacter(taken.reason)) {
								usedReasons.add(viewer.userId, taken.decision, taken.reason);
							}
						})
					}
				/>
			) : null}
			{dialogs === null ? null : (
				<dialogs.ExecuteActionDialog
					projectId={deployment.project_id}
					projectName={projectName}
					deploymentId={id}
					isOpen={open === "execute"}
					onOpenChange={(isOpen) => setOpen(isOpen ? "execute" : null)}
				/>
			)}
		</Panel>
	);
}

interface NextInQueueProps {
	place: QueuePlace | undefined;
	linkRef: React.RefObject<HTMLAnchorElement | null>;
}

function NextInQueue({ place, linkRef }: NextInQueueProps) {
	if (place === undefined) return null;
	if (place.nextId === null) return <p>Nothing else waits for a decision.</p>;
	return (
		<p>
			<Link
				ref={linkRef}
				href={routes.deployment(place.nextId)}
				prefetch={false}
				onClick={expectArrival}
				className="font-medium text-accent underline-offset-2 hover:underline"
			>
				Next in my queue
			</Link>{" "}
			({place.total} waiting)
		</p>
	);
}
