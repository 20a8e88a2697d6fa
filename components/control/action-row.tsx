import { Age } from "@/components/ui/clock";
import { DisclosureRow } from "@/components/ui/disclosure-row";
import { JsonBlock } from "@/components/ui/json-value";
import { PlainText } from "@/components/ui/plain-text";
import { ShortId } from "@/components/ui/short-id";
import type { ControlAction } from "@/lib/contract/control-action";
import { formatMoment, shortenId } from "@/lib/format";
import { actionTypeLabel } from "./action-labels";
import { ActionStatusMark } from "./action-status-mark";

/** One action: state, what it did, and, one click away, its payload and result. */
export function ActionRow({
	action,
	projectName,
}: {
	action: ControlAction;
	projectName: string | undefined;
}) {
	const summary = summaryOf(action.result ?? action.payload);
	return (
		<DisclosureRow
			columns="grid-cols-[1fr_auto] gap-y-0.5 lg:grid-cols-[11rem_11rem_10rem_minmax(0,1fr)_4rem]"
			summary={
				<>
					<ActionStatusMark status={action.status} />
					<span className="max-lg:order-3">{actionTypeLabel(action.action_type)}</span>
					<span className="text-ink-muted max-lg:order-4 max-lg:text-right">
						{projectName ?? shortenId(action.project_id)}
					</span>
					<span className="min-w-0 truncate text-ink-muted max-lg:order-5 max-lg:col-span-2">
						{summary === null ? null : <PlainText text={summary} isOneLine />}
					</span>
					<span className="text-right text-ink-muted max-lg:order-2">
						<Age at={action.created_at} />
					</span>
				</>
			}
		>
			<div className="grid gap-4 lg:grid-cols-[22rem_minmax(0,1fr)_minmax(0,1fr)]">
				<dl className="grid grid-cols-[6rem_minmax(0,1fr)] content-start gap-x-3 gap-y-1">
					<dt className="text-ink-muted">Asked for</dt>
					<dd>{formatMoment(action.created_at)}</dd>
					<dt className="text-ink-muted">Executed</dt>
					<dd>{action.executed_at ? formatMoment(action.executed_at) : "not executed"}</dd>
					<dt className="text-ink-muted">Action id</dt>
					<dd>
						<ShortId id={action.id} what="action id" />
					</dd>
					{action.trace_id ? (
						<>
							<dt className="text-ink-muted">Trace</dt>
							<dd>
								<ShortId id={action.trace_id} what="trace id" />
							</dd>
						</>
					) : null}
				</dl>
				<Part title="Payload" value={action.payload} />
				<Part title="Result" value={action.result} />
			</div>
		</DisclosureRow>
	);
}

function Part({ title, value }: { title: string; value: unknown }) {
	return (
		<div className="min-w-0">
			<h3 className="mb-1 text-ink-muted text-xs">{title}</h3>
			{value ? <JsonBlock value={value} /> : <p className="text-ink-muted">None</p>}
		</div>
	);
}

/** The sentence that says most of a free-form object, else the whole of it as JSON. */
function summaryOf(result: ControlAction["result"]): string | null {
	for (const key of ["error", "reason", "message", "summary", "escalation_reason"]) {
		const value = result && Object.hasOwn(result, key) ? result[key] : undefined;
		if (typeof value === "string" && value !== "") return value;
	}
	return result && Object.keys(result).length > 0 ? JSON.stringify(result) : null;
}
