"use client";

import { type FormEvent, useState } from "react";
import { SignInAgain } from "@/components/layout/sign-in-again";
import { useViewer } from "@/components/layout/viewer";
import { Button } from "@/components/ui/button";
import { Dialog, dialogFooter } from "@/components/ui/dialog";
import { Field, TextArea, TextInput } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useFocusFault } from "@/components/ui/use-focus-fault";
import type { ActionResult } from "@/lib/actions/result";
import { codePointLength, hasVisibleCharacter, reasonMaxLength } from "@/lib/contract/characters";
import type { KillSwitch } from "@/lib/contract/kill-switch";
import { formatNumber } from "@/lib/format";
import { KillSwitchRecord } from "./kill-switch-record";

interface KillSwitchDialogProps {
	/** Where the switch is to be turned. */
	active: boolean;
	/** Where it is now, as it was read last; null where it could not be read. */
	isNow: boolean | null;
	reason: string;
	onReasonChange: (reason: string) => void;
	/** False where the API keeps no reason. */
	isReasonKept: boolean;
	result: ActionResult<KillSwitch> | null;
	/** True where the switch stood there already, by another turn than this one. */
	isLate: boolean;
	isSending: boolean;
	onConfirm: () => void;
	onClose: () => void;
}

/** Says what turning the switch does, asks why, and has a word typed: neither way is a thing to do by a slip. */
export function KillSwitchDialog(props: KillSwitchDialogProps) {
	const { active, reason, result, isLate, isSending } = props;
	const { form, focusFault } = useFocusFault();
	const [typed, setTyped] = useState("");
	const [isChecked, setIsChecked] = useState(false);
	const verb = active ? "Turn the kill switch on" : "Turn the kill switch off";
	const word = active ? "STOP" : "START";
	const reasonError = reasonErrorOf(reason);
	const wordError =
		typed.trim() === word ? null : `Type ${word} to ${active ? "stop" : "start"} the actions.`;

	function handleSubmit(event: FormEvent) {
		event.preventDefault();
		if (isSending || isLate) return;
		setIsChecked(true);
		if (reasonError === null && wordError === null) props.onConfirm();
		else focusFault();
	}

	return (
		<Dialog
			isOpen
			onOpenChange={() => {
				// What is on its way cannot be called back, so nothing may look as if it could.
				if (!isSending) props.onClose();
			}}
			title={verb}
			description={
				<p>
					{active
						? "From now on the API refuses every control action of this organization. Deployments are not touched."
						: "The API executes control actions of this organization again. Refused ones are not made up for."}
				</p>
			}
		>
			<form ref={form} onSubmit={handleSubmit} noValidate>
				<Field
					label="Reason (required)"
					error={isChecked ? reasonError : null}
					hint={
						props.isReasonKept
							? active
								? "Shown on every page while the switch is on, and kept in the audit log."
								: "Shown beside the switch, and kept in the audit log."
							: "This API keeps no reason for the kill switch: it goes no further than this page."
					}
				>
					{(control) => (
						<TextArea
							{...control}
							rows={2}
							required
							value={reason}
							onChange={(event) => props.onReasonChange(event.target.value)}
						/>
					)}
				</Field>
				<Field label={`Type ${word} to confirm`} error={isChecked ? wordError : null}>
					{(control) => (
						<TextInput
							{...control}
							required
							autoComplete="off"
							autoCapitalize="characters"
							spellCheck={false}
							value={typed}
							onChange={(event) => setTyped(event.target.value)}
						/>
					)}
				</Field>
				<Outcome result={result} isLate={isLate} active={active} isNow={props.isNow} />
				<div className={dialogFooter}>
					<Button aria-disabled={isSending} onClick={isSending ? undefined : props.onClose}>
						{isLate ? "Close" : "Cancel"}
					</Button>
					<Button type="submit" variant={active ? "danger" : "primary"} aria-disabled={isSending || isLate}>
						{isSending ? "Turning it" : verb}
					</Button>
				</div>
			</form>
		</Dialog>
	);
}

interface OutcomeProps {
	result: ActionResult<KillSwitch> | null;
	isLate: boolean;
	active: boolean;
	isNow: boolean | null;
}

/** How turning it ended, where it did not simply succeed; it was read again since. */
function Outcome({ result, isLate, active, isNow }: OutcomeProps) {
	const { userId } = useViewer();
	if (result === null) return null;
	const now =
		isNow === null
			? "It could not be read again either."
			: `It was read again just now: the switch is ${isNow ? "on" : "off"}.`;
	if (result.ok) {
		if (result.data.active === active) {
			if (!isLate) return null;
			const { changed_by: by } = result.data;
			return (
				<Notice tone="warn" role="alert" className="mt-4">
					<p className="font-medium">
						{by === userId
							? `You have turned it ${active ? "on" : "off"} already.`
							: "Somebody else was first."}{" "}
						Nothing was changed by this, and what you typed is not recorded.
					</p>
					<KillSwitchRecord killSwitch={result.data} />
				</Notice>
			);
		}
		return (
			<Notice tone="warn" role="alert" className="mt-4">
				The API answered, but says that the switch is {result.data.active ? "on" : "off"}. {now}
			</Notice>
		);
	}
	if (result.error.outcome === "unknown") {
		return (
			<Notice tone="warn" role="alert" className="mt-4">
				<p className="font-medium">Not confirmed.</p>
				<p>
					{result.error.message} {now}
				</p>
			</Notice>
		);
	}
	return (
		<Notice tone="bad" role="alert" className="mt-4">
			<p>
				{result.error.message} <SignInAgain failure={result.error} />
			</p>
			<p>Nothing was changed, and what you typed is still here.</p>
		</Notice>
	);
}

function reasonErrorOf(reason: string): string | null {
	const length = codePointLength(reason);
	if (length > reasonMaxLength) {
		return `A reason has at most ${formatNumber(reasonMaxLength)} characters; this one has ${formatNumber(length)}.`;
	}
	return hasVisibleCharacter(reason) ? null : "Say why, in a sentence that somebody understands at night.";
}
