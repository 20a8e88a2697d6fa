import { and, eq } from "drizzle-orm";
import type { Transaction } from "../db/database";
import { projects } from "../db/schema";
import { notFound } from "../errors/api-error";

export type ProjectRow = typeof projects.$inferSelect;

/** Loads a project of the tenant, or throws not_found. */
export async function loadProject(tx: Transaction, tenantId: string, id: string): Promise<ProjectRow> {
	return found(await selectProject(tx, tenantId, id));
}

/**
 * The same, with the row locked until the transaction ends against other changes of it, and not against new
 * rows that name the project.
 */
export async function lockProject(tx: Transaction, tenantId: string, id: string): Promise<ProjectRow> {
	return found(await selectProject(tx, tenantId, id).for("no key update"));
}

/** The same, with its settings held as they are until the transaction ends: what is done here obeys them. */
export async function holdProject(tx: Transaction, tenantId: string, id: string): Promise<ProjectRow> {
	return found(await selectProject(tx, tenantId, id).for("share"));
}

function selectProject(tx: Transaction, tenantId: string, id: string) {
	return tx.orm
		.select()
		.from(projects)
		.where(and(eq(projects.tenantId, tenantId), eq(projects.id, id)))
		.$dynamic();
}

function found([row]: readonly ProjectRow[]): ProjectRow {
	if (row === undefined) throw notFound("project");
	return row;
}
