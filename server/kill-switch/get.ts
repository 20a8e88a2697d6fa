import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { isKillSwitchActive } from "./state";

/** Whether the tenant's kill switch is on. */
export async function getKillSwitch({ db, caller }: VerbContext) {
	requireAllowed("read", caller);
	const { tenantId } = caller;
	return db.inTenant(tenantId, async (tx) => ({ active: await isKillSwitchActive(tx, tenantId) }));
}
