"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useExtension } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { dialogFooter } from "@/components/ui/dialog";
import { Field, Select, TextInput } from "@/components/ui/field";
import { PlainText } from "@/components/ui/plain-text";
import { Segmented } from "@/components/ui/segmented";
import { useFocusFault } from "@/components/ui/use-focus-fault";
import type { ActionResult } from "@/lib/actions/result";
import { statusOf } from "@/lib/client/api-error";
import { browserApi } from "@/lib/client/browser-client";
import { killSwitchQuery } from "@/lib/client/queries/control";
import { projectsQuery } from "@/lib/client/queries/projects";
import { traceQuery } from "@/lib/client/queries/traces";
import type { ControlAction, ExecuteRequest } from "@/lib/contract/control-action";
import { requestableActionTypes } from "@/lib/contract/control-action-types";
import { shortenId } from "@/lib/format";
import { needsTrace, readTraceId } from "@/lib/rules/control-request/read-input";
import { consequenceOf, requestInWords } from "@/lib/rules/control-request/request";
import { actionTypeLabel } from "../action-labels";
import type { ActionPlace } from "../action-place";
import { ExecuteOutcome } from "../execute-outcome";
import { type ActionDraft, formNow, isSound, newDraft, readDraft, toForm, toJson, withValue } from "./draft";
import { KillSwitchNotice } from "./kill-switch-notice";
import { PayloadFields } from "./payload-fields";
import { PromptDifference } from "./prompt-difference";
import { RecentFailures } from "./recent-failures";
import { useCurrentPrompt } from "./use-current-prompt";

interface ActionFormProps {
	place: ActionPlace;
	/** Null before anything was typed. */
	draft: ActionDraft | null;
	onDraftChange: (draft: ActionDraft) => void;
	result: ActionResult<ControlAction> | null;
	isSending: boolean;
	onSend: (request: ExecuteRequest) => void;
	onClose: () => void;
}

const modes = [
	{ value: "form", label: "Form" },
	{ value: "json", label: "JSON" },
] as const;

/** What is to be executed, what that will do, and the request to the letter before it is sent. */
export function ActionForm({
	place,
	onDraftChange,
	result,
	isSending,
	onSend,
	onClose,
	...given
}: ActionFormProps) {
	const draft = given.draft ?? newDraft(place.traceId ?? "");
	const [isChecked, setIsChecked] = useState(false);
	const { form, focusFault } = useFocusFault();
	const { data: killSwitch } = useQuery(killSwitchQuery(browserApi));
	const isOff = isSending || result?.ok === true || killSwitch?.active === true;
	const typeBox = useFocusOnce<HTMLSelectElement>();
	const traceId = readTraceId(draft.traceText, draft.type);
	const {
		data: trace,
		error: traceFault,
		isFetching: isReadingTrace,
	} = useQuery({
		...traceQuery(browserApi, traceId.value ?? ""),
		enabled: traceId.value !== undefined,
	});
	const { data: projects } = useQuery(projectsQuery(browserApi));
	const keepsOrigin = useExtension("deployment_id");
	const read = readDraft(draft);
	const projectId = place.projectId ?? draft.projectId ?? trace?.project_id ?? null;
	const projectName =
		place.projectName ??
		projects?.find(({ id }) => id === projectId)?.name ??
		(projectId === null ? "the project" : shortenId(projectId));
	const isPrompt = draft.type === "prompt_modification" && draft.mode === "form";
	const current = useCurrentPrompt({ trace, deploymentId: place.deploymentId, isWanted: isPrompt });
	const typedPrompt = formNow(draft).values.system_prompt ?? "";
	const request: ExecuteRequest | null =
		projectId === null
			? null
			: {
					project_id: projectId,
					action_type: draft.type,
					...(traceId.value === undefined ? {} : { trace_id: traceId.value }),
					...(place.deploymentId === undefined || !keepsOrigin ? {} : { deployment_id: place.deploymentId }),
					...(read.payload === undefined ? {} : { payload: read.payload }),
				};

	function handleSubmit(event: FormEvent) {
		event.preventDefault();
		if (isOff) return;
		setIsChecked(true);
		if (request === null || traceId.error !== null || !isSound(read)) focusFault();
		else onSend(request);
	}

	return (
		<form ref={form} onSubmit={handleSubmit} noValidate>
			{killSwitch?.active ? <KillSwitchNotice killSwitch={killSwitch} /> : null}
			<Field label="Type">
				{(control) => (
					<Select
						{...control}
						ref={typeBox}
						value={draft.type}
						onChange={(event) => {
							const type = requestableActionTypes.find((known) => known === event.target.value);
							if (type === undefined) return;
							// What is missing for this type is no mistake yet.
							setIsChecked(false);
							onDraftChange({ ...draft, type, objection: null });
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
			{place.projectId === undefined ? (
				<Field
					label="Project"
					error={
						isChecked && projectId === null && !isReadingTrace
							? "Choose the project that the action is for."
							: null
					}
				>
					{(control) => (
						<Select
							{...control}
							value={projectId ?? ""}
							onChange={(event) => onDraftChange({ ...draft, projectId: event.target.value || null })}
						>
							<option value="">Choose a project</option>
							{projects?.map(({ id, name }) => (
								<option key={id} value={id}>
									{name}
								</option>
							))}
						</Select>
					)}
				</Field>
			) : null}
			<Field
				label={needsTrace(draft.type) ? "Trace id (required)" : "Trace id"}
				hint={
					statusOf(traceFault) === 404 ? (
						"This organization has no such trace."
					) : trace?.error ? (
						<>
							That trace ended with: <PlainText text={trace.error.slice(0, 300)} />
						</>
					) : (
						"The trace that the action is about."
					)
				}
				error={isChecked ? traceId.error : null}
			>
				{(control) => (
					<TextInput
						{...control}
						className="font-mono"
						spellCheck={false}
						autoComplete="off"
						value={draft.traceText}
						onChange={(event) => onDraftChange({ ...draft, traceText: event.target.value })}
					/>
				)}
			</Field>
			{projectId !== null && draft.traceText === "" ? (
				<RecentFailures projectId={projectId} onChoose={(id) => onDraftChange({ ...draft, traceText: id })} />
			) : null}
			<div className="mt-4 -mb-2 flex items-center justify-between">
				<h3 className="font-medium">What to do</h3>
				<Segmented
					label="Form or JSON"
					value={draft.mode}
					options={modes}
					onChange={(mode) => onDraftChange(mode === "json" ? toJson(draft) : toForm(draft))}
				/>
			</div>
			<PayloadFields draft={draft} read={isChecked ? read : null} onChange={onDraftChange} />
			{isPrompt && current !== null ? (
				typedPrompt === "" ? (
					<Button className="mt-2" onClick={() => onDraftChange(withValue(draft, "system_prompt", current))}>
						Begin with the current prompt
					</Button>
				) : (
					<PromptDifference current={current} typed={typedPrompt} />
				)
			) : null}
			<p className="mt-4">
				{consequenceOf({
					type: draft.type,
					projectName,
					traceId: traceId.value ?? null,
					payload: read.payload ?? null,
				})}
			</p>
			<details className="mt-2">
				<summary className="text-ink-muted">The request, to the letter</summary>
				{request === null ? (
					<p className="mt-1 text-ink-muted">Choose a project first.</p>
				) : (
					<p className="foreign-text mt-1 rounded-md bg-surface p-2 font-mono text-xs">
						<PlainText text={requestInWords(request)} />
					</p>
				)}
			</details>
			{result ? (
				<div ref={scrollTo} className="scroll-mb-20">
					<ExecuteOutcome result={result} />
				</div>
			) : null}
			<div className={dialogFooter}>
				<Button onClick={onClose}>{result?.ok ? "Close" : "Cancel"}</Button>
				{/* Not `disabled`, which would take the focus away from whoever has just pressed it. */}
				<Button type="submit" variant="primary" aria-disabled={isOff}>
					{isSending ? "Executing" : "Execute action"}
				</Button>
			</div>
		</form>
	);
}

/** To the first field when it appears: it comes later than the dialog, which has looked for one in vain. */
function useFocusOnce<T extends HTMLElement>() {
	const ref = useRef<T>(null);
	useEffect(() => ref.current?.focus(), []);
	return ref;
}

/** What came of it stands below a long form: it is shown, not left to be found. */
function scrollTo(outcome: HTMLElement | null): void {
	outcome?.scrollIntoView({ block: "nearest" });
}
