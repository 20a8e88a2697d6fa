import { and, count, desc, eq, getTableColumns } from "drizzle-orm";
import type { z } from "zod";
import type { deploymentListQuerySchema } from "@/lib/contract/deployment";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { deployments } from "../db/schema";
import { deploymentAnswer, deploymentSummaryAnswer } from "./answer";

const {
	currentPrompt: _current,
	proposedPrompt: _proposed,
	...summaryColumns
} = getTableColumns(deployments);

/** A page of the tenant's deployments, newest first; without their prompts when asked. */
export async function listDeployments(
	{ db, caller }: VerbContext,
	query: z.output<typeof deploymentListQuerySchema>,
) {
	requireAllowed("read", caller);
	const { status, project_id, include_prompts, limit, offset } = query;
	const wanted = and(
		eq(deployments.tenantId, caller.tenantId),
		status === undefined ? undefined : eq(deployments.status, status),
		project_id === undefined ? undefined : eq(deployments.projectId, project_id),
	);
	const newestFirst = [desc(deployments.createdAt), desc(deployments.id)];
	const page = async () => {
		if (include_prompts !== "false") {
			const rows = db.select().from(deployments).where(wanted);
			return (
				await rows
					.orderBy(...newestFirst)
					.limit(limit)
					.offset(offset)
			).map(deploymentAnswer);
		}
		const rows = db.select(summaryColumns).from(deployments).where(wanted);
		return (
			await rows
				.orderBy(...newestFirst)
				.limit(limit)
				.offset(offset)
		).map(deploymentSummaryAnswer);
	};
	const [items, [counted]] = await Promise.all([
		page(),
		db.select({ total: count() }).from(deployments).where(wanted),
	]);
	return { items, total: counted?.total ?? 0, limit, offset };
}
