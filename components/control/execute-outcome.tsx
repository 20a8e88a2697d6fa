import Link from "next/link";
import { SignInAgain } from "@/components/layout/sign-in-again";
import { JsonBlock } from "@/components/ui/json-value";
import { Notice } from "@/components/ui/notice";
import type { ActionResult } from "@/lib/actions/result";
import type { ControlAction } from "@/lib/contract/control-action";
import { routes } from "@/lib/routes";
import { readEscalation } from "@/lib/rules/control-action/escalation";
import { notesOf } from "@/lib/rules/control-action/outcome";
import { actionStatusLabel } from "./action-labels";
import { ExecutorNotes } from "./executor-notes";

/** What became of an action that was asked for: what the API stored, or why it stored nothing. */
export function ExecuteOutcome({ result }: { result: ActionResult<ControlAction> }) {
	if (!result.ok) return <Refused error={result.error} />;
	const action = result.data;
	const { status, result: outcome } = action;
	if (status === "pending_approval") {
		return (
			<Notice tone="warn" role="status" className="mt-4">
				<p className="font-medium">
					Not executed:{" "}
					{action.action_type === "escalate"
						? "a safety gate has made it an escalation, which waits for an owner's approval."
						: "it waits for an owner's approval."}
				</p>
				{action.action_type === "escalate" ? <p>{readEscalation(action).why}</p> : null}
				<p>
					<Link href={routes.actions} className="underline">
						To the approvals
					</Link>
				</p>
			</Notice>
		);
	}
	return (
		<Notice
			tone={status === "executed" && notesOf(outcome).length === 0 ? "info" : "warn"}
			role="status"
			className="mt-4"
		>
			<p>
				Stored as <span className="font-medium">{actionStatusLabel(status).toLowerCase()}</span>.{" "}
				<Link href={routes.action(action.id)} className="underline">
					What became of it
				</Link>
				{", or "}
				<Link href={routes.actions} className="underline">
					see all actions
				</Link>
			</p>
			<ExecutorNotes result={outcome} />
			{outcome ? (
				<div className="mt-2">
					<JsonBlock value={outcome} />
				</div>
			) : null}
		</Notice>
	);
}

function Refused({ error }: { error: Extract<ActionResult<never>, { ok: false }>["error"] }) {
	if (error.code === "error.kill_switch_active") {
		return (
			<Notice tone="bad" role="alert" className="mt-4">
				<p className="font-medium">The kill switch is on, so the API refused this with 503.</p>
				<p>
					Nothing was executed, and what you typed is still here. An owner can turn it off{" "}
					<Link href={routes.actions} className="underline">
						beside the actions
					</Link>
					; then send it again.
				</p>
			</Notice>
		);
	}
	const isUnknown = error.outcome === "unknown";
	return (
		<Notice tone={isUnknown ? "warn" : "bad"} role="alert" className="mt-4">
			{isUnknown ? <p className="font-medium">Not confirmed.</p> : null}
			<p>
				{error.message} <SignInAgain failure={error} />
			</p>
			{isUnknown ? (
				<p>
					Look at{" "}
					<Link href={routes.actions} className="underline">
						the actions
					</Link>{" "}
					before you ask again: each request is an action of its own.
				</p>
			) : (
				<p>Nothing was executed, and what you typed is still here.</p>
			)}
		</Notice>
	);
}
