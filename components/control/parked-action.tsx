"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import { TraceGlance } from "@/components/traces/trace-glance";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/clock";
import type { ParkedDecision } from "@/lib/client/control-actions-api";
import type { ControlAction } from "@/lib/contract/control-action";
import { routes } from "@/lib/routes";
import { ActionName } from "./action-name";
import { AskedFor } from "./asked-for";

interface ParkedActionProps {
	action: ControlAction;
	projectName: string;
	isOpenFromStart: boolean;
	onDecide: (decision: ParkedDecision) => void;
}

/** One action that waits: for how long, why, what was asked for, on which input, and the two buttons. */
export function ParkedAction({ action, projectName, isOpenFromStart, onDecide }: ParkedActionProps) {
	const [isOpen, setIsOpen] = useState(isOpenFromStart);
	const [nameId, detailId] = [useId(), useId()];
	return (
		<li className="border-line border-t py-2">
			<div className="flex flex-wrap items-center gap-x-4 gap-y-2">
				<button
					type="button"
					aria-expanded={isOpen}
					aria-controls={detailId}
					onClick={() => setIsOpen(!isOpen)}
					className="-ml-1 flex items-center gap-1 rounded px-1 hover:bg-hover"
				>
					<ChevronRight aria-hidden className={`size-4 text-ink-muted ${isOpen ? "rotate-90" : ""}`} />
					<span id={nameId} className="font-medium">
						<ActionName action={action} />
					</span>
				</button>
				<span className="text-ink-muted">{projectName}</span>
				<span>
					waits for <Age at={action.created_at} />
				</span>
				<Link href={routes.action(action.id)} prefetch={false} className="text-accent underline">
					Open
				</Link>
				<div className="ml-auto flex gap-2">
					<Button aria-describedby={nameId} onClick={() => onDecide("reject")}>
						Reject…
					</Button>
					<Button variant="primary" aria-describedby={nameId} onClick={() => onDecide("approve")}>
						Approve…
					</Button>
				</div>
			</div>
			<div id={detailId} hidden={!isOpen} className="mt-2 pl-4">
				{isOpen ? (
					<div className="grid gap-4 lg:grid-cols-2">
						<AskedFor action={action} />
						{action.trace_id ? (
							<TraceGlance traceId={action.trace_id} />
						) : (
							<p className="text-ink-muted">It names no trace.</p>
						)}
					</div>
				) : null}
			</div>
		</li>
	);
}
