import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { promisedKillSwitchSchema } from "@/lib/contract/kill-switch";
import { theOnlyRow } from "../affected-rows";
import type { Clock } from "../clock";
import type { Transaction } from "../db/database";
import { killSwitches } from "../db/schema";
import { statement } from "../db/statement";

/** In one look, so that nobody's decision stands beside the position of another one. */
const read = statement(`
	select coalesce((select active from kill_switches where tenant_id = $1), false) as active, last.*
	from (select) as one left join lateral (
		select actor_id, created_at, reason from decisions
		where tenant_id = $1 and subject_kind = 'kill_switch' and subject_id = $1
		order by sequence desc limit 1
	) as last on true
`);

interface Row {
	active: boolean;
	actor_id: string | null;
	created_at: Date | null;
	reason: string | null;
}

/** The tenant's kill switch and who turned it last; one that was never used is off, by nobody. */
export async function readKillSwitch(
	tx: Transaction,
	tenantId: string,
): Promise<z.input<typeof promisedKillSwitchSchema>> {
	const row = theOnlyRow(await tx.query<Row>(read, [tenantId]), "The kill switch");
	return {
		active: row.active,
		changed_by: row.actor_id,
		changed_at: row.created_at?.toISOString() ?? null,
		reason: row.reason || null,
	};
}

/**
 * Whether it is on, with the row locked until the transaction ends: nobody can flip the switch between this look
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
