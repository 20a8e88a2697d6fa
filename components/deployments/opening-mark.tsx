"use client";

import { useLinkStatus } from "next/link";

/**
 * Says that a row is being opened. The review page has no skeleton of its own: its answer has to know
 * first whether the deployment is there, to be a true 404 when it is not.
 */
export function OpeningMark() {
	const { pending } = useLinkStatus();
	return (
		<span role="status" className={pending ? "ml-2 text-ink-muted text-xs" : "sr-only"}>
			{pending ? "opening" : ""}
		</span>
	);
}
