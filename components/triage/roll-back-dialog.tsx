"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { type DecidedReview, DecisionDialog } from "@/components/review/decision-dialog";
import { useDecision } from "@/components/review/use-decision";
import type { Settled } from "@/components/review/use-settled";
import { browserApi } from "@/lib/client/browser-client";
import { drafts, usedReasons } from "@/lib/client/kept-text";
import { deploymentKeys, deploymentQuery } from "@/lib/client/queries/deployments";
import { rollBackPreviewQuery } from "@/lib/client/queries/roll-back";
import { hasVisibleCharacter } from "@/lib/contract/characters";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { ContextFindings } from "@/lib/review/prepared-review";
import { judgeDecision } from "@/lib/rules/lifecycle";

interface RollBackDialogProps {
	fire: DeploymentSummary;
	projectName: string;
	onClose: () => void;
	/** Called when the API has confirmed it, and only then. */
	onDone: () => void;
	/** Where the focus goes then. */
	focusAfter: () => HTMLElement | null;
}

/** The checks are about what a change would break; this takes a change back. */
const noContext: Settled<ContextFindings> = { kind: "failed" };

/** The decision dialog of the review page for a roll back, opened where the trouble is seen. */
export function RollBackDialog({ fire, projectName, onClose, onDone, focusAfter }: RollBackDialogProps) {
	const { id } = fire;
	const viewer = useViewer();
	const queryClient = useQueryClient();
	const { data: deployment = fire } = useQuery({ ...deploymentQuery(browserApi, id), placeholderData: fire });
	const { data: preview } = useQuery(rollBackPreviewQuery(id));
	const { outcome, isSending, send, forget } = useDecision(id);
	// The same draft as on the review page: what was begun there goes on here.
	const draftName = `${id}:rollback`;
	const [reason, setReason] = useState(() => drafts.read(draftName));
	const contentKey = preview?.contentKey ?? null;
	const review = useMemo<DecidedReview>(
		() => ({
			contentKey,
			evidence: null,
			read: null,
			keeps: { approveReason: false, actionOrigin: false },
		}),
		[contentKey],
	);

	function handleReason(text: string) {
		setReason(text);
		drafts.write(draftName, text);
	}

	return (
		<DecisionDialog
			decision="rollback"
			deployment={deployment}
			review={review}
			context={noContext}
			projectName={projectName}
			verdict={judgeDecision("rollback", deployment.status, viewer)}
			onClose={onClose}
			focusAfter={focusAfter}
			reason={reason}
			onReasonChange={handleReason}
			outcome={outcome}
			isSending={isSending}
			onLookAgain={() => {
				forget();
				void queryClient.invalidateQueries({ queryKey: deploymentKeys.all });
				void queryClient.invalidateQueries({ queryKey: rollBackPreviewQuery(id).queryKey });
			}}
			onConfirm={(taken) =>
				send(taken, () => {
					drafts.write(draftName, "");
					if (hasVisibleCharacter(taken.reason)) {
						usedReasons.add(viewer.userId, "rollback", taken.reason);
					}
					onDone();
				})
			}
		/>
	);
}
