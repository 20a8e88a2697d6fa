"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { approveDeployment, rejectDeployment, rollBackDeployment } from "@/lib/actions/deployments";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import type { ActionFailure, ActionResult } from "@/lib/actions/result";
import { browserApi, renewSession } from "@/lib/client/browser-client";
import { deploymentQuery, refreshDeployments } from "@/lib/client/queries/deployments";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { type Decision, transitions } from "@/lib/rules/lifecycle";
import type { SeenState } from "@/lib/rules/seen-record";

/** How a decision that was sent ended, as far as it is known. */
export type DecisionOutcome =
	| { kind: "confirmed"; decision: Decision }
	| { kind: "conflict"; decision: Decision; failure: ActionFailure }
	| { kind: "refused"; decision: Decision; failure: ActionFailure }
	/** What the record says when it was read again, or null when it could not be read either. */
	| { kind: "unknown"; decision: Decision; failure: ActionFailure; statusNow: string | null };

/** A decision as the dialog sends it. */
export interface TakenDecision {
	decision: Decision;
	/** What the person looked at. */
	seen: { contentKey: string; state: SeenState };
	reason: string;
	/** The same for every try of the same decision. */
	idempotencyKey: string;
}

/** Longer than the dashboard itself waits for the API; who waits longer than this is told that nothing is known. */
const patienceMs = 45_000;

const actions = {
	approve: approveDeployment,
	reject: rejectDeployment,
	rollback: rollBackDeployment,
} satisfies Record<Decision, (sent: unknown) => Promise<ActionResult<DeploymentSummary>>>;

/**
 * Sends a decision and finds out how it ended. It is called done only when the API answered with this
 * very deployment in the state that the decision leads to; anything less is settled by reading the
 * record again.
 */
export function useDecision(id: string) {
	const queryClient = useQueryClient();
	const [outcome, setOutcome] = useState<DecisionOutcome | null>(null);
	// A second click comes before React has drawn the button as off, so the state of the mutation is too late.
	const isUnderWay = useRef(false);
	const mutation = useMutation({
		mutationFn: async ({ decision, ...sent }: TakenDecision) => {
			await renewSession();
			const result = await inTime(actions[decision]({ id, ...sent })).catch(describeLostAnswer);
			return settle(decision, result);
		},
		onSuccess: setOutcome,
		onSettled: () => {
			isUnderWay.current = false;
		},
	});

	async function settle(
		decision: Decision,
		result: ActionResult<DeploymentSummary>,
	): Promise<DecisionOutcome> {
		if (result.ok && result.data.id === id && result.data.status === transitions[decision].to) {
			queryClient.setQueryData(deploymentQuery(browserApi, id).queryKey, result.data);
			void refreshDeployments(queryClient);
			return { kind: "confirmed", decision };
		}
		const failure: ActionFailure = result.ok
			? {
					code: "unexpected_reply",
					message: `The API answered, but with the status “${result.data.status}”.`,
					outcome: "unknown",
				}
			: result.error;
		await refreshDeployments(queryClient);
		if (failure.outcome === "unknown") {
			const fresh = await queryClient
				.fetchQuery({ ...deploymentQuery(browserApi, id), staleTime: 0, retry: false })
				.catch(() => null);
			return { kind: "unknown", decision, failure, statusNow: fresh?.status ?? null };
		}
		return {
			kind: failure.current || failure.code === "already_decided" ? "conflict" : "refused",
			decision,
			failure,
		};
	}

	return {
		outcome,
		isSending: mutation.isPending,
		/** `whenConfirmed` is called when the API has confirmed it, and only then. */
		send: (taken: TakenDecision, whenConfirmed: () => void) => {
			if (isUnderWay.current) return;
			isUnderWay.current = true;
			setOutcome(null);
			mutation.mutate(taken, {
				onSuccess: ({ kind }) => {
					if (kind === "confirmed") whenConfirmed();
				},
			});
		},
		forget: () => setOutcome(null),
	};
}

function inTime<T>(answer: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const deadline = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
	});
	return Promise.race([answer, deadline]).finally(() => clearTimeout(timer));
}
