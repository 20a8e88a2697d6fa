import type { z } from "zod";
import type { deploymentQuerySchema } from "@/lib/contract/deployment";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { loadDeployment, loadDeploymentSummary } from "./load";
import { deploymentAnswer, deploymentSummaryAnswer } from "./row";

/** One deployment; without its prompts when asked. */
export async function getDeployment(
	{ db, caller }: VerbContext,
	id: string,
	{ fields }: z.output<typeof deploymentQuerySchema>,
) {
	requireAllowed("read", caller);
	return db.inTenant(caller.tenantId, async (tx) =>
		fields === "summary"
			? deploymentSummaryAnswer(await loadDeploymentSummary(tx, caller.tenantId, id))
			: deploymentAnswer(await loadDeployment(tx, caller.tenantId, id)),
	);
}
