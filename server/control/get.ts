import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { controlActionAnswer } from "./answer";
import { loadControlAction } from "./load";

/** One control action. */
export async function getControlAction({ db, caller }: VerbContext, id: string) {
	requireAllowed("read", caller);
	return db.inTenant(caller.tenantId, async (tx) =>
		controlActionAnswer(await loadControlAction(tx, caller.tenantId, id)),
	);
}
