"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Age } from "@/components/ui/clock";
import { Notice } from "@/components/ui/notice";

type LiveQuery = Pick<UseQueryResult<unknown, Error>, "isError" | "data" | "error" | "dataUpdatedAt">;

/** Says that what is on screen is no longer fresh, and since when: stale facts must not look live. */
export function LiveDataNotice({ query }: { query: LiveQuery }) {
	if (!query.isError || query.data === undefined) return null;
	return (
		<Notice tone="warn" role="status" className="my-3">
			Live data is unavailable. {query.error?.message} Last read{" "}
			<Age at={new Date(query.dataUpdatedAt).toISOString()} suffix=" ago" />; this page keeps trying.
		</Notice>
	);
}
