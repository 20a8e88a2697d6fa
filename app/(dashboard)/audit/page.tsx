import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AuditScreen } from "@/components/audit/audit-screen";
import { getCaller } from "@/lib/auth/caller";
import { auditLogQuery } from "@/lib/client/queries/audit";
import { createQueryClient } from "@/lib/client/query-client";
import { getServerApi } from "@/lib/client/server-client";
import { isAllowed } from "@/lib/rules/authority";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage() {
	const queryClient = createQueryClient();
	const caller = await getCaller();
	if (caller !== null && isAllowed("read_audit_log", caller)) {
		await queryClient.prefetchInfiniteQuery(auditLogQuery(getServerApi()));
	}
	return (
		<HydrationBoundary state={dehydrate(queryClient)}>
			<AuditScreen />
		</HydrationBoundary>
	);
}
