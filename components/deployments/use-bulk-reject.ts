"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import { rejectFromQueue } from "@/lib/actions/reject-from-queue";
import { renewSession } from "@/lib/client/browser-client";
import { makeIdempotencyKey } from "@/lib/client/idempotency-key";
import { pause } from "@/lib/client/pause";
import { refreshDeployments } from "@/lib/client/queries/deployments";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { seenStateOf } from "@/lib/rules/seen-record";
import { outcomeOf, type RowOutcome, rejectEach } from "./bulk-reject-run";

/** Longer than the dashboard itself waits for the API; what takes longer is not known. */
const patienceMs = 45_000;

interface BulkRejectOptions {
	userId: string;
	/** One has ended; with the record as the API answered it, or null where it did not. */
	onSettled: (id: string, deployment: DeploymentSummary | null) => void;
}

interface Batch {
	rows: readonly DeploymentSummary[];
	reason: string;
}

/**
 * Rejects rows one by one and says of each how it ended. A row keeps its idempotency key for as long as the
 * reason stays, so that a second try of it is the same decision.
 */
export function useBulkReject({ userId, onSettled }: BulkRejectOptions) {
	const queryClient = useQueryClient();
	const [outcomes, setOutcomes] = useState<ReadonlyMap<string, RowOutcome>>(new Map());
	const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
	const [isStopping, setIsStopping] = useState(false);
	const known = useRef(new Map<string, RowOutcome>());
	const keys = useRef(new Map<string, { key: string; reason: string }>());
	const isStopped = useRef(false);
	const isUnderWay = useRef(false);

	function keyFor(id: string, reason: string): string {
		const kept = keys.current.get(id);
		if (kept?.reason === reason) return kept.key;
		const key = makeIdempotencyKey();
		keys.current.set(id, { key, reason });
		return key;
	}

	async function send(row: DeploymentSummary, reason: string): Promise<RowOutcome> {
		await renewSession();
		const idempotencyKey = keyFor(row.id, reason);
		const answer = rejectFromQueue({ id: row.id, seenState: seenStateOf(row), idempotencyKey, reason });
		const tooLate = pause(patienceMs).then(() => describeLostAnswer(new Error("no answer in time")));
		const result = await Promise.race([answer.catch(describeLostAnswer), tooLate]);
		return outcomeOf(result, { id: row.id, reason, userId, before: known.current.get(row.id) ?? null });
	}

	const mutation = useMutation({
		mutationFn: ({ rows, reason }: Batch) =>
			rejectEach({
				rows,
				send: (row) => send(row, reason),
				isStopped: () => isStopped.current,
				onOutcome: ({ id }, outcome) => {
					known.current.set(id, outcome);
					setOutcomes(new Map(known.current));
					setProgress((now) => now && { ...now, done: now.done + 1 });
					onSettled(id, outcome.kind === "rejected" ? outcome.deployment : null);
				},
			}),
		onSettled: () => {
			isUnderWay.current = false;
			setProgress(null);
			setIsStopping(false);
			void refreshDeployments(queryClient);
		},
	});

	return {
		/** How each row that was tried has ended, by id; of several tries the last. */
		outcomes,
		/** Null while nothing is being sent. */
		progress,
		isStopping,
		run: (batch: Batch) => {
			if (isUnderWay.current || batch.rows.length === 0) return;
			isUnderWay.current = true;
			isStopped.current = false;
			setProgress({ done: 0, total: batch.rows.length });
			mutation.mutate(batch);
		},
		/** Sends none of the rows that are left. */
		stop: () => {
			isStopped.current = true;
			setIsStopping(true);
		},
	};
}
