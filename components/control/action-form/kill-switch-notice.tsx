import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import type { KillSwitch } from "@/lib/contract/kill-switch";
import { routes } from "@/lib/routes";
import { KillSwitchRecord } from "../kill-switch-record";

/** Says that nothing can be executed at present, why, and since when. */
export function KillSwitchNotice({ killSwitch }: { killSwitch: KillSwitch }) {
	return (
		<Notice tone="bad" className="mt-4">
			<p>
				The kill switch is on: the API executes no action until an owner turns it off (
				<Link href={routes.actions} className="underline">
					to the switch
				</Link>
				). What you type here is kept.
			</p>
			<KillSwitchRecord killSwitch={killSwitch} />
		</Notice>
	);
}
