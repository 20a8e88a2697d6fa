import { firstPrevHash } from "../audit/chain";
import type { Clock } from "../clock";
import type { Transaction } from "../db/database";
import { statement } from "../db/statement";
import { tenantIdOf } from "./tenant-id";

const addTenant = statement(`
	insert into tenants (id, organization_id, created_at) values ($1, $2, $3) on conflict do nothing
`);
const addHead = statement(`
	insert into audit_heads (tenant_id, sequence, hash) values ($1, 0, $2) on conflict do nothing
`);

/** Makes sure that the tenant of an organization has its row and the start of its audit chain; returns its id. */
export async function ensureTenant(tx: Transaction, clock: Clock, organizationId: string): Promise<string> {
	const id = tenantIdOf(organizationId);
	await tx.query(addTenant, [id, organizationId, clock().toISOString()]);
	await tx.query(addHead, [id, firstPrevHash]);
	return id;
}
