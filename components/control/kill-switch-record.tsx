"use client";

import { Actor } from "@/components/layout/viewer";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import type { KillSwitch } from "@/lib/contract/kill-switch";
import { reasonOnBanner } from "./reason-on-banner";

/** Who turned the switch to where it is, since when and why, as far as the API tells; nothing where it was never used. */
export function KillSwitchRecord({ killSwitch }: { killSwitch: KillSwitch }) {
	const { active, changed_by: by, changed_at: at, reason } = killSwitch;
	if (by === undefined) return <p>This API does not tell who turned it {active ? "on" : "off"}, or why.</p>;
	if (by === null) return active ? <p>Who turned it on is not recorded.</p> : null;
	return (
		<p>
			Turned {active ? "on" : "off"} by <Actor id={by} />
			{at ? (
				<>
					{" "}
					<Age at={at} suffix=" ago" />
				</>
			) : null}
			{reason ? (
				<>
					: <PlainText text={reasonOnBanner(reason)} isOneLine />
				</>
			) : (
				", without a reason."
			)}
		</p>
	);
}
