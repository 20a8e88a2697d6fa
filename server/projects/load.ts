import { and, eq } from "drizzle-orm";
import type { Transaction } from "../db/database";
import { projects } from "../db/schema";
import { notFound } from "../errors/api-error";

export type ProjectRow = typeof projects.$inferSelect;

/** Loads a project of the tenant, or throws not_found. */
export async function loadProject(tx: Transaction, tenantId: string, id: string): Promise<ProjectRow> {
	const [row] = await tx.orm
		.select()
		.from(projects)
		.where(and(eq(projects.tenantId, tenantId), eq(projects.id, id)));
	if (row === undefined) throw notFound("project");
	return row;
}
