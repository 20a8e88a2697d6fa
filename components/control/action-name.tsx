import type { ControlAction } from "@/lib/contract/control-action";
import { readEscalation } from "@/lib/rules/control-action/escalation";
import { actionTypeLabel } from "./action-labels";

/** What an action is: its type, and for one that a safety gate has parked, what was asked for. */
export function ActionName({ action }: { action: Pick<ControlAction, "action_type" | "payload"> }) {
	const { intendedType } = readEscalation(action);
	if (intendedType === action.action_type) return <>{actionTypeLabel(action.action_type)}</>;
	return (
		<>
			{actionTypeLabel(intendedType)} <span className="text-ink-muted">(escalated)</span>
		</>
	);
}
