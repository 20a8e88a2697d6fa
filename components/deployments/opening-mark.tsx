"use client";

import { useLinkStatus } from "next/link";

/**
 * Says that a row is being opened. The review page has no skeleton of its own: its answer has to know
 * first whether the deployment is there, to be a true 404 when it is not.
 */
export function OpeningMark() {
	const { pending } = useLinkStatus();
	return pending ? <span className="ml-2 text-ink-muted text-xs">opening</span> : null;
}
