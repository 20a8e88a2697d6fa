import { eq } from "drizzle-orm";
import type { Clock } from "../clock";
import type { Transaction } from "../db/database";
import { killSwitches } from "../db/schema";

/** True when the tenant's kill switch is on; a tenant that never used it has it off. */
export async function isKillSwitchActive(tx: Transaction, tenantId: string): Promise<boolean> {
	const [row] = await tx.orm
		.select({ active: killSwitches.active })
		.from(killSwitches)
		.where(eq(killSwitches.tenantId, tenantId));
	return row?.active ?? false;
}

/**
 * The same, with the row locked until the transaction ends: nobody can flip the switch between this look
 * and what follows from it. The row is made if need be, since what is not there cannot be locked.
 */
export async function lockKillSwitch(tx: Transaction, clock: Clock, tenantId: string): Promise<boolean> {
	await tx.orm
		.insert(killSwitches)
		.values({ tenantId, active: false, updatedAt: clock() })
		.onConflictDoNothing();
	const [row] = await tx.orm
		.select({ active: killSwitches.active })
		.from(killSwitches)
		.where(eq(killSwitches.tenantId, tenantId))
		.for("update");
	if (row === undefined) throw new Error("The kill switch has no row to lock");
	return row.active;
}
