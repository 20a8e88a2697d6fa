import { randomUUID } from "node:crypto";
import type pg from "pg";
import { chainHash } from "../server/audit/chain";

const statements = {
	lock: "select *, current_prompt, proposed_prompt from deployments where tenant_id = $1 and id = $2 for update",
	move: "update deployments set status = 'shipped', updated_at = $3, shipped_at = $3, approved_by = 'user_bench' where tenant_id = $1 and id = $2 and status = 'ab_passed' returning id",
	decide:
		"insert into decisions (id, tenant_id, subject_kind, subject_id, decision, from_status, to_status, actor_type, actor_id, reason, content_hash, created_at) values ($1, $2, 'deployment', $3, 'approve', 'ab_passed', 'shipped', 'user', 'user_bench', '', $4, $5) returning id",
	lockHead: "select sequence, hash from audit_heads where tenant_id = $1 for update",
	append: `with entry as (
			insert into audit_entries (tenant_id, sequence, id, event, actor_type, actor_id, resource_id, metadata, created_at, prev_hash, curr_hash)
			values ($1, $2, $3, 'deployment.approved', 'user', 'user_bench', $4, $5, $6, $7, $8) returning sequence
		), head as (
			update audit_heads set sequence = $2, hash = $8 where tenant_id = $1 and sequence = $2::integer - 1 returning sequence
		)
		select entry.sequence from entry join head using (sequence)`,
};

/**
 * An approval as the server writes it, statement by statement, by the driver alone: no HTTP, no token, no
 * rules, no check of the answer. What the server adds to this is its own cost.
 */
export async function decideByDriver(pool: pg.Pool, tenantId: string, id: string): Promise<void> {
	const client = await pool.connect();
	const run = (name: keyof typeof statements, values: unknown[]) =>
		client.query({ name, text: statements[name], values });
	try {
		await client.query(
			`BEGIN; SET LOCAL ROLE countersign_tenant; SELECT set_config('countersign.tenant_id', '${tenantId}', true)`,
		);
		const { rows } = await run("lock", [tenantId, id]);
		const now = new Date().toISOString();
		const moved = await run("move", [tenantId, id, now]);
		if (moved.rowCount !== 1) throw new Error("The row was not there to approve");
		const decisionId = randomUUID();
		await run("decide", [decisionId, tenantId, id, rows[0]?.content_hash, now]);
		const { rows: heads } = await run("lockHead", [tenantId]);
		const metadata = { decision_id: decisionId, from_status: "ab_passed", to_status: "shipped", reason: "" };
		const entryId = randomUUID();
		const hash = chainHash(heads[0].hash, {
			id: entryId,
			event: "deployment.approved",
			actor_type: "user",
			actor_id: "user_bench",
			resource_id: id,
			metadata,
			created_at: now,
		});
		const sequence = heads[0].sequence + 1;
		await run("append", [
			tenantId,
			sequence,
			entryId,
			id,
			JSON.stringify(metadata),
			now,
			heads[0].hash,
			hash,
		]);
		await client.query("COMMIT");
	} catch (error) {
		await client.query("ROLLBACK");
		throw error;
	} finally {
		client.release();
	}
}
