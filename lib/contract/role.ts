/** The three organization roles. Endpoints allow-list them; nothing compares ranks. */
export const roles = ["owner", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

/**
 * Reads a role from a token: the exact word, with or without Clerk's `org:` prefix. Anything else, an
 * array or another spelling among it, is no role at all.
 */
export function parseRole(value: unknown): Role | null {
	if (typeof value !== "string") return null;
	const word = value.startsWith("org:") ? value.slice(4) : value;
	return roles.find((role) => role === word) ?? null;
}
