import { and, asc, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { projectListQuerySchema } from "@/lib/contract/project";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { projects } from "../db/schema";
import { projectAnswer } from "./answer";

/** The tenant's projects by name; archived ones only when asked. */
export async function listProjects(
	{ db, caller }: VerbContext,
	{ include_archived }: z.output<typeof projectListQuerySchema>,
) {
	requireAllowed("read", caller);
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		tx.orm
			.select()
			.from(projects)
			.where(
				and(
					eq(projects.tenantId, caller.tenantId),
					include_archived === "true" ? undefined : isNull(projects.archivedAt),
				),
			)
			.orderBy(asc(projects.name), asc(projects.id)),
	);
	return { projects: rows.map((row) => projectAnswer(row, caller.organizationId)) };
}
