import { actionStatusLabel } from "./action-labels";

const marks: Record<string, { shape: string; tone: string }> = {
	pending: { shape: "○", tone: "text-ink" },
	pending_approval: { shape: "◆", tone: "text-accent" },
	executed: { shape: "●", tone: "text-good" },
	failed: { shape: "✕", tone: "text-bad" },
};

/** The state of a control action in shape and words. */
export function ActionStatusMark({ status }: { status: string }) {
	const { shape, tone } = (Object.hasOwn(marks, status) ? marks[status] : undefined) ?? {
		shape: "?",
		tone: "text-warn",
	};
	return (
		<span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium ${tone}`}>
			<span aria-hidden className="inline-block w-3.5 text-center">
				{shape}
			</span>
			<span>{actionStatusLabel(status)}</span>
		</span>
	);
}
