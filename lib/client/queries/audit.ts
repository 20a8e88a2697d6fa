import { infiniteQueryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../api-client";
import { liveRead } from "./polling";

/** The audit log of this organization, newest first, a page at a time. */
export function auditLogQuery(client: ApiClient) {
	return infiniteQueryOptions({
		queryKey: ["audit-log"] as const,
		queryFn: ({ pageParam, signal }) => client.listAuditEntries({ cursor: pageParam }, { signal }),
		initialPageParam: null as string | null,
		getNextPageParam: (page) => (page.has_more ? (page.next_cursor ?? null) : null),
		...liveRead,
	});
}
