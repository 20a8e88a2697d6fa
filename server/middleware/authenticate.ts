import type { Context, MiddlewareHandler } from "hono";
import { noteUse } from "../api-keys/note-use";
import { type Caller, requireAllowed, type VerifyCaller } from "../auth/caller";
import { showsApiKey, verifyApiKey } from "../auth/verify-api-key";
import type { Clock } from "../clock";
import type { Database } from "../db/database";
import { describeError } from "../log";
import { ensureTenant } from "../tenants/ensure";
import { tenantIdOf } from "../tenants/tenant-id";
import type { AppEnvironment } from "./request-context";

/**
 * Lets in whoever has a valid token or API key, and gives a new organization its tenant row. A role that we
 * do not know may do nothing here, whatever the path.
 */
export function authenticate(
	db: Database,
	clock: Clock,
	verifyCaller: VerifyCaller,
): MiddlewareHandler<AppEnvironment> {
	const knownTenants = new Set<string>();
	const callerOf = async (c: Context<AppEnvironment>): Promise<Caller> => {
		const authorization = c.req.header("Authorization");
		if (showsApiKey(authorization)) {
			const { caller, lastUsedAt } = await verifyApiKey(db, authorization);
			// The request counts, and not the note of it: one that fails is in the log.
			await noteUse(db, caller.actor.id, lastUsedAt, clock()).catch((error: unknown) => {
				c.set("logged", describeError(error));
			});
			return caller;
		}
		const verified = await verifyCaller(authorization);
		return { ...verified, tenantId: tenantIdOf(verified.organizationId) };
	};
	return async (c, next) => {
		const caller = await callerOf(c);
		c.set("caller", caller);
		// Every known role may read. The scopes of a key are asked by what it wants to do: not all of it is reading.
		requireAllowed("read", { ...caller, scopes: caller.scopes === undefined ? undefined : null });
		if (!knownTenants.has(caller.tenantId)) {
			await db.inTenant(caller.tenantId, (tx) => ensureTenant(tx, clock, caller.organizationId));
			knownTenants.add(caller.tenantId);
		}
		await next();
	};
}
