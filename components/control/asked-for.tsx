import { JsonBlock } from "@/components/ui/json-value";
import { PlainText } from "@/components/ui/plain-text";
import type { ControlAction } from "@/lib/contract/control-action";
import { readEscalation } from "@/lib/rules/control-action/escalation";
import { actionTypeLabel } from "./action-labels";

/** Why a parked action waits, and what was asked for before it was parked. */
export function AskedFor({ action }: { action: ControlAction }) {
	const { why, unknownReason, intendedType, requested } = readEscalation(action);
	return (
		<div className="flex min-w-0 flex-col gap-3">
			<div>
				<h3 className="text-ink-muted text-xs">Why it waits</h3>
				<p>
					{why}
					{unknownReason === null ? null : (
						<>
							{" "}
							<PlainText text={unknownReason} />
						</>
					)}
				</p>
			</div>
			<div>
				<h3 className="mb-1 text-ink-muted text-xs">What was asked for: {actionTypeLabel(intendedType)}</h3>
				{requested === null ? <p className="text-ink-muted">No payload</p> : <JsonBlock value={requested} />}
			</div>
		</div>
	);
}
