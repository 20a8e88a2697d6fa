import type { CurrentDecision } from "@/lib/contract/error";
import type { Transaction } from "../db/database";
import type { DecisionSubject } from "../db/schema";
import { statement } from "../db/statement";

const latest = statement(`
	select actor_id, created_at, reason from decisions
	where tenant_id = $1 and subject_kind = $2 and subject_id = $3
	order by sequence desc limit 1
`);

/** Who decided last on a row, when and why, for whoever came too late; nulls where nobody is known. */
export async function latestDecision(
	tx: Transaction,
	kind: DecisionSubject,
	{ id, tenantId, status }: { id: string; tenantId: string; status: string },
): Promise<CurrentDecision> {
	const [found] = await tx.query<{ actor_id: string; created_at: Date; reason: string }>(latest, [
		tenantId,
		kind,
		id,
	]);
	return {
		status,
		by: found?.actor_id ?? null,
		at: found?.created_at.toISOString() ?? null,
		reason: found?.reason ?? null,
	};
}
