import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import { statement } from "../db/statement";
import { ApiError, notFound } from "../errors/api-error";
import { type ApiKeyRow, apiKeyAnswer, apiKeyColumns } from "./row";

const lock = statement(`select ${apiKeyColumns} from api_keys where tenant_id = $1 and id = $2 for update`);
const revoke = statement(`
	update api_keys set revoked_at = $3, revoked_by = $4
	where tenant_id = $1 and id = $2 and revoked_at is null
	returning ${apiKeyColumns}
`);

/** Takes an API key back, for good: it is looked up in each request, so the next one is refused. */
export async function revokeApiKey({ db, clock, caller }: VerbContext, id: string) {
	const { tenantId, actor } = caller;
	return db.inTenant(tenantId, async (tx) => {
		const [before] = await tx.query<ApiKeyRow>(lock, [tenantId, id]);
		if (before === undefined) throw notFound("API key");
		requireAllowedToWrite("manage_api_keys", caller);
		if (before.revoked_at !== null) {
			const current = { status: "revoked", by: before.revoked_by, at: before.revoked_at.toISOString() };
			throw new ApiError("already_revoked", "This API key was revoked before.", { details: { current } });
		}
		const now = clock();
		const revoked = await tx.query<ApiKeyRow>(revoke, [tenantId, id, now.toISOString(), actor.id]);
		const after = theOnlyRow(revoked, "The revocation of an API key");
		await appendAuditEntry(tx, {
			tenantId,
			event: "api_key.revoked",
			actor,
			resourceId: id,
			metadata: { name: after.name, role: after.role, scopes: after.scopes, prefix: after.prefix },
			at: now,
		});
		return apiKeyAnswer(after);
	});
}
