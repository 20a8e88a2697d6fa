"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { browserApi } from "@/lib/client/browser-client";
import { reviewQueueQuery } from "@/lib/client/queries/review-queue";

/** Where a deployment stands among those that wait for a decision. */
export interface QueuePlace {
	/** Counted from 1; null where it does not wait. */
	position: number | null;
	total: number;
	nextId: string | null;
	previousId: string | null;
}

/**
 * Undefined until the queue has been read. Once decided, a deployment is no longer in the queue; what stood
 * behind it there is still the next one.
 */
export function useQueuePlace(id: string): QueuePlace | undefined {
	const { data } = useQuery(reviewQueueQuery(browserApi));
	const [lastWithIt, setLastWithIt] = useState<readonly string[]>([]);
	if (data === undefined) return undefined;
	const index = data.ids.indexOf(id);
	if (index !== -1 && lastWithIt !== data.ids) setLastWithIt(data.ids);
	const around = index === -1 ? lastWithIt : data.ids;
	const place = around.indexOf(id);
	const stillWaits = (other: string) => other !== id && data.ids.includes(other);
	const behind = around.slice(place + 1).find(stillWaits);
	const before = around.slice(0, Math.max(place, 0)).findLast(stillWaits);
	const first = data.ids.find((other) => other !== id) ?? null;
	return {
		position: index === -1 ? null : index + 1,
		total: data.total,
		nextId: behind ?? (index === -1 ? first : null),
		previousId: before ?? null,
	};
}
