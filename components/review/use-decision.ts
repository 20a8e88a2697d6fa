"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { approveDeployment, rejectDeployment, rollBackDeployment } from "@/lib/actions/deployments";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import type { ActionFailure, ActionResult } from "@/lib/actions/result";
import { browserApi, renewSession } from "@/lib/client/browser-client";
import { deploymentKeys, deploymentQuery } from "@/lib/client/queries/deployments";
import type { Deployment } from "@/lib/contract/deployment";
import { type Decision, transitions } from "@/lib/rules/lifecycle";

/** How a decision that was sent ended, as far as it is known. */
export type DecisionOutcome =
	| { kind: "confirmed"; decision: Decision }
	| { kind: "conflict"; decision: Decision; failure: ActionFailure }
	| { kind: "refused"; decision: Decision; failure: ActionFailure }
	/** What the record says when it was read again, or null when it could not be read either. */
	| { kind: "unknown"; decision: Decision; failure: ActionFailure; statusNow: string | null };

const actions = {
	approve: (id: string, _reason: string) => approveDeployment({ id }),
	reject: (id: string, reason: string) => rejectDeployment({ id, reason }),
	rollback: (id: string, reason: string) => rollBackDeployment({ id, reason }),
} satisfies Record<Decision, (id: string, reason: string) => Promise<ActionResult<Deployment>>>;

/**
 * Sends a decision and finds out how it ended. It is called done only when the API answered with this
 * very deployment in the state that the decision leads to; anything less is settled by reading the
 * record again.
 */
export function useDecision(id: string) {
	const queryClient = useQueryClient();
	const [outcome, setOutcome] = useState<DecisionOutcome | null>(null);
	const mutation = useMutation({
		mutationFn: async ({ decision, reason }: { decision: Decision; reason: string }) => {
			await renewSession();
			const result = await actions[decision](id, reason).catch(describeLostAnswer);
			return settle(decision, result);
		},
		onSuccess: setOutcome,
	});

	async function settle(decision: Decision, result: ActionResult<Deployment>): Promise<DecisionOutcome> {
		if (result.ok && result.data.id === id && result.data.status === transitions[decision].to) {
			queryClient.setQueryData(deploymentQuery(browserApi, id).queryKey, result.data);
			void queryClient.invalidateQueries({ queryKey: deploymentKeys.all });
			return { kind: "confirmed", decision };
		}
		const failure: ActionFailure = result.ok
			? {
					code: "unexpected_reply",
					message: `The API answered, but with the status “${result.data.status}”.`,
					outcome: "unknown",
				}
			: result.error;
		await queryClient.invalidateQueries({ queryKey: deploymentKeys.all });
		if (failure.outcome === "unknown") {
			const fresh = await queryClient
				.fetchQuery({ ...deploymentQuery(browserApi, id), staleTime: 0, retry: false })
				.catch(() => null);
			return { kind: "unknown", decision, failure, statusNow: fresh?.status ?? null };
		}
		return {
			kind: failure.code === "already_decided" || failure.current ? "conflict" : "refused",
			decision,
			failure,
		};
	}

	return {
		outcome,
		isSending: mutation.isPending,
		send: (decision: Decision, reason: string) => {
			setOutcome(null);
			mutation.mutate({ decision, reason });
		},
		forget: () => setOutcome(null),
	};
}
