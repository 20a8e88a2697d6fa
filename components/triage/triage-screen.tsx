"use client";

import { ParkedActions } from "@/components/control/parked-actions";
import { FailureClusters } from "./failure-clusters";
import { Fires } from "./fires";

/** What is hurting users now, what waits for somebody, and what keeps failing, in this order. */
export function TriageScreen() {
	return (
		<div className="space-y-8 px-3 pb-10 sm:px-5">
			<div>
				<h1 className="py-4 font-medium text-lg">Triage</h1>
				<Fires />
			</div>
			<ParkedActions />
			<FailureClusters />
		</div>
	);
}
