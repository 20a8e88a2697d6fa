import Link from "next/link";
import { JsonBlock } from "@/components/ui/json-value";
import { Notice } from "@/components/ui/notice";
import type { ActionResult } from "@/lib/actions/result";
import type { ControlAction } from "@/lib/contract/control-action";
import { routes } from "@/lib/routes";
import { actionStatusLabel } from "./action-labels";

/** What became of an action that was asked for: what the API stored, or why it stored nothing. */
export function ExecuteOutcome({ result }: { result: ActionResult<ControlAction> }) {
	if (!result.ok) {
		const isUnknown = result.error.outcome === "unknown";
		return (
			<Notice tone={isUnknown ? "warn" : "bad"} role="alert" className="mt-4">
				{isUnknown ? <p className="font-medium">Not confirmed.</p> : null}
				<p>{result.error.message}</p>
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
	const { status, result: outcome } = result.data;
	return (
		<Notice tone={status === "executed" ? "info" : "warn"} role="status" className="mt-4">
			<p>
				Stored as <span className="font-medium">{actionStatusLabel(status).toLowerCase()}</span>.{" "}
				<Link href={routes.actions} className="underline">
					See all actions
				</Link>
			</p>
			{outcome ? (
				<div className="mt-2">
					<JsonBlock value={outcome} />
				</div>
			) : null}
		</Notice>
	);
}
