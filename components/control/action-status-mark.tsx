import type { ControlAction } from "@/lib/contract/control-action";
import { rejectionOf } from "@/lib/rules/control-action/outcome";
import { actionStateLabel } from "./action-labels";

interface Mark {
	shape: string;
	tone: string;
}

const marks: Record<string, Mark> = {
	pending: { shape: "○", tone: "text-ink" },
	pending_approval: { shape: "◆", tone: "text-accent" },
	executed: { shape: "●", tone: "text-good" },
	failed: { shape: "✕", tone: "text-bad" },
};
/** Somebody has decided so, and nothing went wrong. */
const rejected: Mark = { shape: "–", tone: "text-ink-muted" };
const unknown: Mark = { shape: "?", tone: "text-warn" };

/** The state of a control action in shape and words. */
export function ActionStatusMark({ action }: { action: Pick<ControlAction, "status" | "result"> }) {
	const { status } = action;
	const known = Object.hasOwn(marks, status) ? marks[status] : undefined;
	const { shape, tone } = rejectionOf(action) === null ? (known ?? unknown) : rejected;
	return (
		<span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium ${tone}`}>
			<span aria-hidden className="inline-block w-3.5 text-center">
				{shape}
			</span>
			<span>{actionStateLabel(action)}</span>
		</span>
	);
}
