import type { Database } from "../db/database";
import { statement } from "../db/statement";

/** How old `last_used_at` becomes before it is written again: a note for people, not a write for each request. */
const precisionMs = 60_000;

const note = statement(`
	update api_keys set last_used_at = $2
	where id = $1 and (last_used_at is null or last_used_at <= $3)
`);

/** Notes that a key was used. The condition is asked again in the write: of many at once, one writes. */
export async function noteUse(db: Database, id: string, lastUsedAt: Date | null, now: Date): Promise<void> {
	const before = new Date(now.getTime() - precisionMs);
	if (lastUsedAt !== null && lastUsedAt > before) return;
	await db.asOwner((tx) => tx.query(note, [id, now.toISOString(), before.toISOString()]));
}
