import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { readKillSwitch } from "./state";

/** Whether the tenant's kill switch is on, and who turned it last. */
export async function getKillSwitch({ db, caller }: VerbContext) {
	requireAllowed("read", caller);
	const { tenantId } = caller;
	return db.inTenant(tenantId, (tx) => readKillSwitch(tx, tenantId));
}
