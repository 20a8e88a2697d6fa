import type { Clock } from "../clock";
import type { Database } from "../db/connect";
import { tenants } from "../db/schema";
import { tenantIdOf } from "./tenant-id";

/** Makes sure that the tenant of an organization has its row, and returns its id. */
export async function ensureTenant(db: Database, clock: Clock, organizationId: string): Promise<string> {
	const id = tenantIdOf(organizationId);
	await db.insert(tenants).values({ id, organizationId, createdAt: clock() }).onConflictDoNothing();
	return id;
}
