import "server-only";
import { LRUCache } from "lru-cache";
import type { ApiClient } from "../client/api-client";
import type { Extensions } from "../client/extensions";
import { type Prompts, promptsOf } from "../client/queries/deployments";
import type { Deployment } from "../contract/deployment";

/** Of which record, and as of when, the prompts are. */
interface Known extends Prompts {
	tenantId: string;
	updatedAt: string;
}

/** All prompts that are kept together, in UTF-16 units. */
const keptMaxLength = 8_000_000;
const kept = new LRUCache<string, Known>({ maxSize: keptMaxLength });

/**
 * A deployment as the API holds it now. Of one that was read before, an API that announces `fields=summary` is
 * asked without the prompts, and those that were read then are taken where the record is still of that moment:
 * of long ones it takes longer to send them and to read them in than all else that the page needs. The API is
 * asked each time, as the caller: what is kept here is nobody's leave to see it.
 */
export async function readDeployment(
	api: ApiClient,
	id: string,
	extensions: Promise<Extensions>,
): Promise<Deployment> {
	const known = kept.get(id);
	if (known !== undefined && (await extensions).has("fields=summary")) {
		const now = await api.getDeploymentSummary(id);
		if (now.tenant_id === known.tenantId && now.updated_at === known.updatedAt) {
			return { ...now, current_prompt: known.current, proposed_prompt: known.proposed };
		}
	}
	const deployment = await api.getDeployment(id);
	const prompts = promptsOf(deployment);
	kept.set(
		id,
		{ ...prompts, tenantId: deployment.tenant_id, updatedAt: deployment.updated_at },
		{ size: Math.max(1, prompts.current.length + prompts.proposed.length) },
	);
	return deployment;
}
