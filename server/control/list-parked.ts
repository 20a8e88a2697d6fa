import { and, asc, eq } from "drizzle-orm";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { controlActions } from "../db/schema";
import { controlActionAnswer } from "./answer";

/** Every control action that waits for an owner, the one that has waited longest first. */
export async function listParkedActions({ db, caller }: VerbContext) {
	requireAllowed("list_parked_actions", caller);
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		tx.orm
			.select()
			.from(controlActions)
			.where(and(eq(controlActions.tenantId, caller.tenantId), eq(controlActions.status, "pending_approval")))
			.orderBy(asc(controlActions.createdAt), asc(controlActions.id)),
	);
	return { actions: rows.map(controlActionAnswer) };
}
