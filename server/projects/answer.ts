import type { ProjectRow } from "./load";

/** A row as the contract writes it. */
export function projectAnswer(row: ProjectRow, organizationId: string) {
	return {
		id: row.id,
		organization_id: organizationId,
		name: row.name,
		slug: row.slug,
		archived_at: row.archivedAt?.toISOString() ?? null,
		prompt_autoship_enabled: row.promptAutoshipEnabled,
		max_retry_depth: row.maxRetryDepth,
		max_cascade_depth: row.maxCascadeDepth,
		created_at: row.createdAt.toISOString(),
		updated_at: row.updatedAt.toISOString(),
	};
}
