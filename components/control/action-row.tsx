import Link from "next/link";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import type { ControlAction } from "@/lib/contract/control-action";
import { shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { outcomeOf, rejectionOf } from "@/lib/rules/control-action/outcome";
import { ActionName } from "./action-name";
import { ActionStatusMark } from "./action-status-mark";

interface ActionRowProps {
	action: ControlAction;
	projectName: string | undefined;
}

/** One action of the list: state, what was asked for, where, what came of it. The whole row opens it. */
export function ActionRow({ action, projectName }: ActionRowProps) {
	const summary = summaryOf(action);
	return (
		<li className="relative grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-0.5 border-line border-t py-2 hover:bg-surface lg:grid-cols-[11rem_12rem_10rem_minmax(0,1fr)_6rem_4rem]">
			<ActionStatusMark action={action} />
			<Link
				href={routes.action(action.id)}
				prefetch={false}
				className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2 max-lg:order-3"
			>
				<ActionName action={action} />
			</Link>
			<span className="text-ink-muted max-lg:order-4 max-lg:text-right">
				{projectName ?? shortenId(action.project_id)}
			</span>
			<span className="min-w-0 truncate text-ink-muted max-lg:order-5 max-lg:col-span-2">
				{summary === null ? null : <PlainText text={summary} isOneLine />}
			</span>
			<span className="max-lg:hidden">
				{action.trace_id ? (
					<Link
						href={routes.trace(action.trace_id)}
						prefetch={false}
						title={`Trace ${action.trace_id}`}
						className="relative font-mono text-accent text-xs underline"
					>
						{shortenId(action.trace_id)}
					</Link>
				) : null}
			</span>
			<span className="text-right text-ink-muted max-lg:order-2">
				<Age at={action.created_at} />
			</span>
		</li>
	);
}

/** What the executor said, else what was asked for: in one line. */
function summaryOf(action: ControlAction): string | null {
	const rejection = rejectionOf(action);
	if (rejection !== null) return rejection.reason === "" ? null : `Reason: ${rejection.reason}`;
	const { said } = outcomeOf(action);
	if (said !== null) return said;
	const payload = action.payload ?? {};
	const reason = payload.reason ?? payload.escalation_reason;
	if (typeof reason === "string" && reason !== "") return reason;
	return Object.keys(payload).length > 0 ? JSON.stringify(payload) : null;
}
