import type { QueueRow } from "../../contract/queue";

/** The id of who took the latest decision; null where none was taken or the API does not say by whom. */
export function deciderOf(row: QueueRow): string | null {
	return row.decided?.actor_id ?? row.approved_by ?? null;
}
