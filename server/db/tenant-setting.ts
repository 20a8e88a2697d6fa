import { uuidSchema } from "@/lib/contract/identifiers";

/**
 * The tenant id as it may be written into SQL: `SET` takes no parameters, and setting it in the message that
 * opens the transaction saves a round trip.
 */
export function requireTenantId(tenantId: string): string {
	return uuidSchema.parse(tenantId);
}
