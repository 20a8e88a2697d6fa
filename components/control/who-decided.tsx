"use client";

import { useQuery } from "@tanstack/react-query";
import { Actor, useViewer } from "@/components/layout/viewer";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import { browserApi } from "@/lib/client/browser-client";
import { actionPeopleQuery } from "@/lib/client/queries/control";
import type { ControlAction } from "@/lib/contract/control-action";
import { isAllowed } from "@/lib/rules/authority";
import { rejectionOf } from "@/lib/rules/control-action/outcome";
import { actionStateLabel } from "./action-labels";
import { decisionOn } from "./parked-decision";

const verbs = { approve: "approved it", reject: "rejected it" } as const;

interface WhoDecidedProps {
	/** The action as it is, no longer parked. */
	action: ControlAction;
	/** Who the API says it was, where it has said so already. */
	told?: { by: string; at: string | null; reason: string | null } | null;
}

/** Who decided on a parked action, how and when, as far as the API tells: `Oscar Owner rejected it 2 min ago`. */
export function WhoDecided({ action, told = null }: WhoDecidedProps) {
	const mayAsk = isAllowed("read_audit_log", useViewer());
	const rejection = rejectionOf(action);
	const { data: people } = useQuery({
		...actionPeopleQuery(browserApi, action),
		enabled: mayAsk && told === null && rejection === null,
	});
	const decision = decisionOn(action);
	const by = told?.by ?? rejection?.by ?? people?.approved?.by ?? null;
	const at = told?.at ?? people?.approved?.at ?? (rejection === null ? null : action.updated_at);
	const reason = told?.reason || rejection?.reason || null;
	const verb = decision === null ? (people?.approved ? verbs.approve : "decided on it") : verbs[decision];
	return (
		<>
			{by === null ? (
				<>Somebody {verb}</>
			) : (
				<>
					<Actor id={by} /> {verb}
				</>
			)}
			{at === null ? null : (
				<>
					{" "}
					<Age at={at} suffix=" ago" />
				</>
			)}
			. State: {actionStateLabel(action).toLowerCase()}.
			{reason === null ? null : (
				<>
					{" "}
					Reason: <PlainText text={reason} />
				</>
			)}
		</>
	);
}
