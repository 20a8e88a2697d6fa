import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { statement } from "../db/statement";
import { type ApiKeyRow, apiKeyAnswer, apiKeyColumns } from "./row";

const list = statement(
	`select ${apiKeyColumns} from api_keys where tenant_id = $1 order by created_at desc, id desc`,
);

/** The tenant's API keys, newest first, the revoked ones among them. */
export async function listApiKeys({ db, caller }: VerbContext) {
	requireAllowed("manage_api_keys", caller);
	const rows = await db.inTenant(caller.tenantId, (tx) => tx.query<ApiKeyRow>(list, [caller.tenantId]));
	return { api_keys: rows.map(apiKeyAnswer) };
}
