import type { Role } from "@/lib/contract/role";

/** A row of `api_keys` as the statements here read it: without the hash of the key. */
export interface ApiKeyRow {
	id: string;
	name: string;
	role: Role;
	scopes: string[] | null;
	prefix: string;
	created_by: string;
	created_at: Date;
	last_used_at: Date | null;
	revoked_at: Date | null;
	revoked_by: string | null;
}

export const apiKeyColumns =
	"id, name, role, scopes, prefix, created_by, created_at, last_used_at, revoked_at, revoked_by";

/** A row as the contract writes it. */
export function apiKeyAnswer(row: ApiKeyRow) {
	return {
		...row,
		created_at: row.created_at.toISOString(),
		last_used_at: row.last_used_at?.toISOString() ?? null,
		revoked_at: row.revoked_at?.toISOString() ?? null,
	};
}
