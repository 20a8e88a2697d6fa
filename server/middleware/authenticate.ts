import type { MiddlewareHandler } from "hono";
import { requireAllowed, type VerifyCaller } from "../auth/caller";
import type { Clock } from "../clock";
import type { Database } from "../db/connect";
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
			knownTenants.add(await ensureTenant(db, clock, caller.organizationId));
		}
		await next();
	};
}
