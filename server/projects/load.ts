import { and, eq } from "drizzle-orm";
import type { Database } from "../db/connect";
import { projects } from "../db/schema";
import { notFound } from "../errors/api-error";

export type ProjectRow = typeof projects.$inferSelect;

/** Loads a project of the tenant, or throws not_found. */
export async function loadProject(db: Database, tenantId: string, id: string): Promise<ProjectRow> {
	const [row] = await db
		.select()
		.from(projects)
		.where(and(eq(projects.tenantId, tenantId), eq(projects.id, id)));
	if (row === undefined) throw notFound("project");
	return row;
}
