import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { PromisedAuditEntry } from "@/lib/contract/audit-entry";

/** The `prev_hash` of a tenant's first entry. */
export const firstPrevHash = "0".repeat(64);

export type UnchainedEntry = Omit<PromisedAuditEntry, "prev_hash" | "curr_hash">;

/** `sha256(prev_hash || canonical JSON (RFC 8785) of the entry without its two hashes)`, in hex. */
export function chainHash(prevHash: string, entry: UnchainedEntry): string {
	const { id, event, actor_type, actor_id, resource_id, metadata, created_at } = entry;
	const canonical = canonicalize({ id, event, actor_type, actor_id, resource_id, metadata, created_at });
	if (canonical === undefined) throw new Error("An audit entry has no canonical JSON");
	return createHash("sha256").update(prevHash).update(canonical).digest("hex");
}

/** The id of the first entry (oldest first) that does not follow from the one before it, or null. */
export function firstBrokenEntry(entries: readonly PromisedAuditEntry[]): string | null {
	let prevHash = firstPrevHash;
	for (const entry of entries) {
		if (entry.prev_hash !== prevHash || entry.curr_hash !== chainHash(prevHash, entry)) return entry.id;
		prevHash = entry.curr_hash;
	}
	return null;
}
