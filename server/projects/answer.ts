import type { ProjectRow } from "./load";

/** A row as the contract writes it. */
export function projectAnswer(row: ProjectRow, organizationId: string) {
	return {
		id: row.id,
		organization_id: organizationId,
		name: row.name,
		slug: row.slug,
		archived_at: row.archivedAt?.toISOString() ?? null,
		created_at: row.createdAt.toISOString(),
		updated_at: row.updatedAt.toISOString(),
	};
}
