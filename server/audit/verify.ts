import { checkChains } from "./check-chains";
import { checkDecisions } from "./check-decisions";
import { checkSignedHeads, type SignedHeads } from "./check-signed-heads";
import { createFindings, type Problem } from "./findings";
import type { Rows } from "./read-rows";

/** What a look at the whole log has found. */
export interface AuditReport {
	whole: boolean;
	/** By tenant and place: a tenant's first is its first bad entry. */
	problems: Problem[];
	/** How many more there are than `problems` lists. */
	unlisted: number;
	notes: string[];
	/** `signed_heads` is null when they were not to be looked at. */
	checked: { entries: number; tenants: number; decisions: number; signed_heads: number | null };
}

/**
 * Looks for every change of the audit log: each tenant's chain, its end in `audit_heads`, its signed heads
 * (null: leave them out) and the decisions that it tells of. The rows are read once, in batches.
 */
export async function verifyAuditLog(
	rows: Rows,
	heads: SignedHeads | null,
	{ patienceMs = 0 }: { patienceMs?: number } = {},
): Promise<AuditReport> {
	const findings = createFindings();
	const { entries, ends } = await checkChains(rows, findings);
	const decisions = await checkDecisions(rows, findings);
	const signed = heads === null ? null : await checkSignedHeads(rows, findings, heads, ends, patienceMs);
	const { problems, unlisted } = findings.result();
	return {
		whole: problems.length === 0,
		problems,
		unlisted,
		notes: signed?.notes ?? [],
		checked: { entries, tenants: ends.size, decisions, signed_heads: signed?.lines ?? null },
	};
}
