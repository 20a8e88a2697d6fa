"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { executeControlAction } from "@/lib/actions/control";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import { renewSession } from "@/lib/client/browser-client";
import { controlKeys } from "@/lib/client/queries/control";
import type { ExecuteRequest } from "@/lib/contract/control-action";
import type { ActionDraft } from "./action-form/draft";
import { keepDraft, readKeptDraft } from "./action-form/kept-draft";
import type { ActionPlace } from "./action-place";

/** The form with its rules is loaded when somebody wants to execute something. */
const ActionForm = dynamic(() => import("./action-form/action-form").then((file) => file.ActionForm), {
	ssr: false,
	loading: () => <p className="mt-4 text-ink-muted">Loading the form</p>,
});

interface ExecuteActionDialogProps extends ActionPlace {
	isOpen: boolean;
	onOpenChange: (isOpen: boolean) => void;
}

/** Asks for a control action: its type, the trace it is about if any, and its payload, by a form or as JSON. */
export function ExecuteActionDialog({ isOpen, onOpenChange, ...place }: ExecuteActionDialogProps) {
	const queryClient = useQueryClient();
	// Kept here and not in the dialog, so that closing it, or a failed request, loses nothing typed.
	const [draft, setDraft] = useState<ActionDraft | null>(() => readKeptDraft(place));
	// A second click comes before the button is drawn as off, and each request is an action of its own.
	const isUnderWay = useRef(false);
	const mutation = useMutation({
		mutationFn: async (request: ExecuteRequest) => {
			await renewSession();
			return executeControlAction(request).catch(describeLostAnswer);
		},
		onSuccess: (result) => {
			if (result.ok) keepDraft(place, null);
			return queryClient.invalidateQueries({ queryKey: controlKeys.all });
		},
		onSettled: () => {
			isUnderWay.current = false;
		},
	});

	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={(next) => {
				if (!next && !mutation.isPending) mutation.reset();
				onOpenChange(next);
			}}
			title="Execute a control action"
			description={
				<p>
					Sent to the API at once{place.projectName === undefined ? "" : `, for ${place.projectName}`}. The
					request and its result are kept in the audit log.
				</p>
			}
		>
			<ActionForm
				place={place}
				draft={draft}
				onDraftChange={(typed) => {
					setDraft(typed);
					keepDraft(place, typed);
				}}
				result={mutation.data ?? null}
				isSending={mutation.isPending}
				onSend={(request) => {
					if (isUnderWay.current) return;
					isUnderWay.current = true;
					mutation.mutate(request);
				}}
				onClose={() => {
					if (!mutation.isPending) mutation.reset();
					onOpenChange(false);
				}}
			/>
		</Dialog>
	);
}
