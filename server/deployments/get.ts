import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { loadDeployment } from "./load";
import { deploymentAnswer } from "./row";

/** One deployment, prompts included. */
export async function getDeployment({ db, caller }: VerbContext, id: string) {
	requireAllowed("read", caller);
	return db.inTenant(caller.tenantId, async (tx) =>
		deploymentAnswer(await loadDeployment(tx, caller.tenantId, id)),
	);
}
