import { firstPrevHash } from "../audit/chain";
import type { Transaction } from "../db/database";
import { statement } from "../db/statement";

const findWrongEnd = statement(`
	select tenants.id
	from tenants
	left join audit_heads on audit_heads.tenant_id = tenants.id
	left join lateral (
		select sequence, curr_hash from audit_entries
		where tenant_id = tenants.id order by sequence desc limit 1
	) as last on true
	where (audit_heads.sequence, audit_heads.hash)
		is distinct from (coalesce(last.sequence, 0), coalesce(last.curr_hash, $1))
	order by tenants.id
	limit 1
`);

/** The first tenant whose audit log does not end where its head says, or null. */
export async function findWrongAuditEnd(tx: Transaction): Promise<string | null> {
	const [wrong] = await tx.query<{ id: string }>(findWrongEnd, [firstPrevHash]);
	return wrong?.id ?? null;
}
