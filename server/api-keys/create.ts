import { randomUUID } from "node:crypto";
import type { Role } from "@/lib/contract/role";
import type { Operation } from "@/lib/rules/authority";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import { statement } from "../db/statement";
import { writeOnce } from "../once";
import { makeKey } from "./key";
import { type ApiKeyRow, apiKeyAnswer, apiKeyColumns } from "./row";

const add = statement(`
	insert into api_keys (id, tenant_id, name, role, scopes, prefix, key_hash, created_by, created_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
	returning ${apiKeyColumns}
`);

/**
 * Makes an API key and answers it, this once. What is kept under an `Idempotency-Key` is the record without
 * the key, so a repeat answers that: a kept answer would hold the key in clear.
 */
export async function createApiKey(
	context: VerbContext,
	{ name, role, scopes = null }: { name: string; role: Role; scopes?: Operation[] | null },
) {
	const { caller, clock } = context;
	requireAllowedToWrite("manage_api_keys", caller);
	const { tenantId, actor } = caller;
	const { key, prefix, hash } = makeKey();
	let made: ReturnType<typeof apiKeyAnswer> | undefined;
	const record = await writeOnce(context, async (tx) => {
		const now = clock();
		const stored = await tx.query<ApiKeyRow>(add, [
			randomUUID(),
			tenantId,
			name,
			role,
			scopes,
			prefix,
			hash,
			actor.id,
			now.toISOString(),
		]);
		made = apiKeyAnswer(theOnlyRow(stored, "The API key"));
		await appendAuditEntry(tx, {
			tenantId,
			event: "api_key.created",
			actor,
			resourceId: made.id,
			metadata: { name, role, scopes, prefix },
			at: now,
		});
		return made;
	});
	return record === made ? { ...record, key } : record;
}
