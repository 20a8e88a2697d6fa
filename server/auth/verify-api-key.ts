import { parseRole } from "@/lib/contract/role";
import type { Operation } from "@/lib/rules/authority";
import { hashOfKey, isKeyShaped } from "../api-keys/key";
import type { Database } from "../db/database";
import { statement } from "../db/statement";
import type { Caller } from "./caller";
import { unauthenticated } from "./unauthenticated";

const scheme = "Bearer ";

interface KnownKey {
	id: string;
	tenant_id: string;
	organization_id: string;
	role: string;
	scopes: Operation[] | null;
	last_used_at: Date | null;
}

const find = statement(`
	select api_keys.id, tenant_id, organization_id, role, scopes, last_used_at
	from api_keys join tenants on tenants.id = tenant_id
	where key_hash = $1 and revoked_at is null
`);

/** True when an `Authorization` header means an API key, a valid one or not. */
export function showsApiKey(authorization: string | undefined): authorization is string {
	return authorization?.startsWith(`${scheme}tl_`) === true;
}

/**
 * Reads who an API key stands for, or throws 401. The key is looked up each time, so that a revocation holds
 * from the next request on; and by its hash, so that the time this takes tells nothing about any key.
 */
export async function verifyApiKey(
	db: Database,
	authorization: string,
): Promise<{ caller: Caller; lastUsedAt: Date | null }> {
	const key = authorization.slice(scheme.length);
	if (!isKeyShaped(key)) throw unauthenticated("not of the shape of an API key");
	const [known] = await db.asOwner((tx) => tx.query<KnownKey>(find, [hashOfKey(key)]));
	if (known === undefined) throw unauthenticated("an API key that is not known, or revoked");
	const caller: Caller = {
		tenantId: known.tenant_id,
		organizationId: known.organization_id,
		actor: { type: "api_key", id: known.id },
		role: parseRole(known.role),
		scopes: known.scopes,
		isImpersonated: false,
	};
	return { caller, lastUsedAt: known.last_used_at };
}
