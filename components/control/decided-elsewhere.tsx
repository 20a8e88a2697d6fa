"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useExtension } from "@/components/layout/viewer";
import { Notice } from "@/components/ui/notice";
import { browserApi } from "@/lib/client/browser-client";
import { controlActionQuery } from "@/lib/client/queries/control";
import type { ControlAction } from "@/lib/contract/control-action";
import { routes } from "@/lib/routes";
import { ActionName } from "./action-name";
import { WhoDecided } from "./who-decided";

/** An action that was waiting here and is not any more, because somebody else has decided: who, and how. */
export function DecidedElsewhere({ action }: { action: ControlAction }) {
	const isSingle = useExtension("action-filters");
	const { data: now } = useQuery(controlActionQuery(browserApi, action.id, isSingle));
	return (
		<Notice tone="info" className="mb-2">
			<p>
				<span className="font-medium">
					<ActionName action={action} /> waits no more.
				</span>{" "}
				{now === undefined || now.status === "pending_approval" ? null : <WhoDecided action={now} />}{" "}
				<Link href={routes.action(action.id)} className="underline">
					Open
				</Link>
			</p>
		</Notice>
	);
}
