"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { browserApi } from "@/lib/client/browser-client";
import { killSwitchQuery } from "@/lib/client/queries/control";
import { routes } from "@/lib/routes";
import { KillSwitchRecord } from "../kill-switch-record";

/** Says that nothing can be executed at present, before it is tried. */
export function KillSwitchNotice() {
	const { data } = useQuery(killSwitchQuery(browserApi));
	if (!data?.active) return null;
	return (
		<Notice tone="bad" className="mt-4">
			<p>
				The kill switch is on: the API executes no action until an owner turns it off (
				<Link href={routes.actions} className="underline">
					to the switch
				</Link>
				).
			</p>
			<KillSwitchRecord killSwitch={data} />
		</Notice>
	);
}
