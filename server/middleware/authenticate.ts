import type { MiddlewareHandler } from "hono";
import { requireAllowed, type VerifyCaller } from "../auth/caller";
import type { Clock } from "../clock";
import type { Database } from "../db/database";
import { ensureTenant } from "../tenants/ensure";
import { tenantIdOf } from "../tenants/tenant-id";
import type { AppEnvironment } from "./request-context";

/**
 * Lets in whoever has a valid token, and gives a new organization its tenant row. A role that we do not
 * know may do nothing here, whatever the path.
 */
export function authenticate(
	db: Database,
	clock: Clock,
	verifyCaller: VerifyCaller,
): MiddlewareHandler<AppEnvironment> {
	const knownTenants = new Set<string>();
	return async (c, next) => {
		const verified = await verifyCaller(c.req.header("Authorization"));
		const caller = { ...verified, tenantId: tenantIdOf(verified.organizationId) };
		c.set("caller", caller);
		requireAllowed("read", caller);
		if (!knownTenants.has(caller.tenantId)) {
			await db.inTenant(caller.tenantId, (tx) => ensureTenant(tx, clock, caller.organizationId));
			knownTenants.add(caller.tenantId);
		}
		await next();
	};
}
