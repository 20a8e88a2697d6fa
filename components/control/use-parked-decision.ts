"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useExtension } from "@/components/layout/viewer";
import { answerInTime } from "@/lib/actions/answer-in-time";
import { approveParkedAction, rejectParkedAction } from "@/lib/actions/decide-action";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import { browserApi, renewSession } from "@/lib/client/browser-client";
import type { ParkedDecision } from "@/lib/client/control-actions-api";
import { controlActionQuery, controlKeys } from "@/lib/client/queries/control";
import { traceKeys } from "@/lib/client/queries/traces";
import { type ParkedOutcome, settleParked } from "./parked-decision";

interface Sent {
	reason: string;
	/** The same for every try of the same decision. */
	idempotencyKey: string;
}

/** Sends a decision on a parked action and finds out how it ended; what is not known is read again. */
export function useParkedDecision(
	id: string,
	decision: ParkedDecision,
	onDecided: (outcome: ParkedOutcome) => void,
) {
	const queryClient = useQueryClient();
	const isSingle = useExtension("action-filters");
	// A second click comes before React has drawn the button as off, so the state of the mutation is too late.
	const isUnderWay = useRef(false);
	const readAgain = () =>
		queryClient
			.fetchQuery({ ...controlActionQuery(browserApi, id, isSingle), staleTime: 0 })
			.catch(() => null);
	const mutation = useMutation({
		mutationFn: async ({ reason, idempotencyKey }: Sent): Promise<ParkedOutcome> => {
			await renewSession();
			const sent =
				decision === "approve"
					? approveParkedAction({ id, idempotencyKey })
					: rejectParkedAction({ id, idempotencyKey, reason });
			return settleParked(decision, id, await answerInTime(sent).catch(describeLostAnswer), readAgain);
		},
		onSuccess: (outcome) => {
			if (outcome.kind === "decided") {
				queryClient.setQueryData(controlActionQuery(browserApi, id, isSingle).queryKey, outcome.action);
				onDecided(outcome);
			}
			void queryClient.invalidateQueries({ queryKey: controlKeys.all });
			void queryClient.invalidateQueries({ queryKey: traceKeys.all });
		},
		onSettled: () => {
			isUnderWay.current = false;
		},
	});
	return {
		outcome: mutation.data ?? null,
		isSending: mutation.isPending,
		send: (sent: Sent) => {
			if (isUnderWay.current) return;
			isUnderWay.current = true;
			mutation.mutate(sent);
		},
	};
}
