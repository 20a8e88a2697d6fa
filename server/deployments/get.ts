import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { deploymentAnswer } from "./answer";
import { loadDeployment } from "./load";

/** One deployment, prompts included. */
export async function getDeployment({ db, caller }: VerbContext, id: string) {
	requireAllowed("read", caller);
	return deploymentAnswer(await loadDeployment(db, caller.tenantId, id));
}
