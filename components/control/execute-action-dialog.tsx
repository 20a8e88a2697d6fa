"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { Field, Select, TextArea, TextInput } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { executeControlAction } from "@/lib/actions/control";
import { describeLostAnswer } from "@/lib/actions/lost-answer";
import { browserApi, renewSession } from "@/lib/client/browser-client";
import { controlKeys, killSwitchQuery } from "@/lib/client/queries/control";
import { type RequestableActionType, requestableActionTypes } from "@/lib/contract/control-action-types";
import { readPayload, readTraceId } from "./action-input";
import { actionTypeLabel } from "./action-labels";
import { ExecuteOutcome } from "./execute-outcome";

interface ExecuteActionDialogProps {
	projectId: string;
	projectName: string;
	/** The deployment from whose page it is asked for. */
	deploymentId?: string;
	isOpen: boolean;
	onOpenChange: (isOpen: boolean) => void;
}

/** Asks for a control action: its type, the trace it is about if any, and its payload as JSON. */
export function ExecuteActionDialog({
	projectId,
	projectName,
	deploymentId,
	isOpen,
	onOpenChange,
}: ExecuteActionDialogProps) {
	const queryClient = useQueryClient();
	const { data: killSwitch } = useQuery({ ...killSwitchQuery(browserApi), enabled: isOpen });
	const [actionType, setActionType] = useState<RequestableActionType>("retry");
	const [traceText, setTraceText] = useState("");
	const [payloadText, setPayloadText] = useState("");
	const [isChecked, setIsChecked] = useState(false);
	// A second click comes before the button is drawn as off, and each request is an action of its own.
	const isUnderWay = useRef(false);
	const trace = readTraceId(traceText);
	const payload = readPayload(payloadText);
	const mutation = useMutation({
		mutationFn: async () => {
			await renewSession();
			return executeControlAction({
				project_id: projectId,
				action_type: actionType,
				...(deploymentId === undefined ? {} : { deployment_id: deploymentId }),
				...(trace.value === undefined ? {} : { trace_id: trace.value }),
				...(payload.value === undefined ? {} : { payload: payload.value }),
			}).catch(describeLostAnswer);
		},
		onSuccess: () => queryClient.invalidateQueries({ queryKey: controlKeys.all }),
		onSettled: () => {
			isUnderWay.current = false;
		},
	});

	function handleSubmit(event: FormEvent) {
		event.preventDefault();
		setIsChecked(true);
		if (trace.error !== null || payload.error !== null || isUnderWay.current) return;
		isUnderWay.current = true;
		mutation.mutate();
	}

	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={(next) => {
				if (!next) mutation.reset();
				onOpenChange(next);
			}}
			title="Execute a control action"
			description={
				<p>
					Sent to the API at once, for {projectName}. The request and its result are kept in the audit log.
				</p>
			}
		>
			<form onSubmit={handleSubmit} noValidate>
				{killSwitch?.active ? (
					<Notice tone="bad" className="mt-4">
						The kill switch is on: the API executes no action until an owner turns it off.
					</Notice>
				) : null}
				<Field label="Type">
					{(control) => (
						<Select
							{...control}
							value={actionType}
							onChange={(event) => {
								const type = requestableActionTypes.find((known) => known === event.target.value);
								if (type) setActionType(type);
							}}
						>
							{requestableActionTypes.map((type) => (
								<option key={type} value={type}>
									{actionTypeLabel(type)}
								</option>
							))}
						</Select>
					)}
				</Field>
				<Field
					label="Trace id"
					hint="Optional: the trace that the action is about."
					error={isChecked ? trace.error : null}
				>
					{(control) => (
						<TextInput
							{...control}
							className="font-mono"
							spellCheck={false}
							value={traceText}
							onChange={(event) => setTraceText(event.target.value)}
						/>
					)}
				</Field>
				<Field label="Payload" hint="Optional: a JSON object." error={isChecked ? payload.error : null}>
					{(control) => (
						<TextArea
							{...control}
							rows={6}
							className="font-mono text-xs"
							spellCheck={false}
							value={payloadText}
							onChange={(event) => setPayloadText(event.target.value)}
						/>
					)}
				</Field>
				{mutation.data ? <ExecuteOutcome result={mutation.data} /> : null}
				<div className={dialogFooter}>
					<Button onClick={() => onOpenChange(false)}>{mutation.data?.ok ? "Close" : "Cancel"}</Button>
					<Button type="submit" variant="primary" disabled={mutation.isPending || mutation.data?.ok === true}>
						{mutation.isPending ? "Executing" : "Execute action"}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}
