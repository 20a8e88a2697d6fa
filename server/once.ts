import { theOnlyRow } from "./affected-rows";
import type { VerbContext } from "./context";
import type { Database, Transaction } from "./db/database";
import { statement } from "./db/statement";
import { ApiError } from "./errors/api-error";

/** How long an answer is kept. */
const keptMs = 24 * 3_600_000;

const lockKey = statement("select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked");
const forget = statement(`
	delete from idempotency_keys
	where tenant_id = $1 and actor_id = $2 and operation = $3 and key = $4 and created_at <= $5
`);
const drop = statement(`
	delete from idempotency_keys
	where tenant_id = $1 and actor_id = $2 and operation = $3 and key = $4 and answer is null
`);
const claimKey = statement(`
	insert into idempotency_keys (tenant_id, actor_id, operation, key, request_hash, created_at)
	values ($1, $2, $3, $4, $5, $6)
	on conflict do nothing
	returning key
`);
const readKey = statement(`
	select request_hash, answer from idempotency_keys
	where tenant_id = $1 and actor_id = $2 and operation = $3 and key = $4
`);
const keepAnswer = statement(`
	update idempotency_keys set answer = $5
	where tenant_id = $1 and actor_id = $2 and operation = $3 and key = $4 and answer is null
	returning key
`);
const link = statement(`
	update idempotency_keys set resource_id = $5
	where tenant_id = $1 and actor_id = $2 and operation = $3 and key = $4 and answer is null
	returning key
`);
const keepLinkedAnswer = statement(`
	update idempotency_keys set answer = $3 where tenant_id = $1 and resource_id = $2 and answer is null
`);

/**
 * Does the work in one transaction, and once for each `Idempotency-Key`: a repeat gets the answer of the
 * first time. The answer is kept in the transaction of the work, so that there is never one without the
 * other. What the work refuses is not kept: asked again, it is judged again.
 */
export function writeOnce<T extends object>(
	context: VerbContext,
	work: (tx: Transaction) => Promise<T>,
): Promise<T> {
	return context.db.inTenant(context.caller.tenantId, async (tx) => {
		const known = await claimOnce<T>(tx, context);
		if (known !== null) return known;
		const answer = await work(tx);
		await keepOnce(tx, context, answer);
		return answer;
	});
}

/**
 * For work that takes more than one transaction: takes the key in the first one. Returns the answer of the
 * first time, or null when the work is to be done. Throws 409 while it is being done and 422 when the key
 * was used with another body.
 */
export async function claimOnce<T extends object>(tx: Transaction, context: VerbContext): Promise<T | null> {
	const { once, caller, clock } = context;
	if (once === null) return null;
	const place = [caller.tenantId, caller.actor.id, once.operation, once.key];
	const [lock] = await tx.query<{ locked: boolean }>(lockKey, [place.join("\n")]);
	if (lock?.locked !== true) throw inFlight();
	const now = clock();
	await tx.query(forget, [...place, new Date(now.getTime() - keptMs).toISOString()]);
	const claimed = await tx.query(claimKey, [...place, once.requestHash, now.toISOString()]);
	if (claimed.length === 1) return null;
	const rows = await tx.query<{ request_hash: string; answer: T | null }>(readKey, place);
	const known = theOnlyRow(rows, "The look for an Idempotency-Key");
	if (known.request_hash !== once.requestHash) {
		throw new ApiError(
			"idempotency_key_reused",
			"This Idempotency-Key was used before with another body. A new request needs a new key.",
		);
	}
	if (known.answer === null) throw inFlight();
	context.markRepeated();
	return known.answer;
}

/** Keeps the answer under the key that `claimOnce` took. */
export async function keepOnce(tx: Transaction, context: VerbContext, answer: object): Promise<void> {
	const { once, caller } = context;
	if (once === null) return;
	const place = [caller.tenantId, caller.actor.id, once.operation, once.key];
	const kept = await tx.query(keepAnswer, [...place, JSON.stringify(answer)]);
	theOnlyRow(kept, "The answer under an Idempotency-Key");
}

/** Says which row the work under a taken key is about, so that `keepOnceFor` finds the key. */
export async function linkOnce(tx: Transaction, context: VerbContext, resourceId: string): Promise<void> {
	const { once, caller } = context;
	if (once === null) return;
	const place = [caller.tenantId, caller.actor.id, once.operation, once.key];
	theOnlyRow(await tx.query(link, [...place, resourceId]), "The link of an Idempotency-Key");
}

/** Keeps the answer for whoever asked for interrupted work on a row, if they sent a key at all. */
export async function keepOnceFor(
	tx: Transaction,
	tenantId: string,
	resourceId: string,
	answer: object,
): Promise<void> {
	await tx.query(keepLinkedAnswer, [tenantId, resourceId, JSON.stringify(answer)]);
}

/** Gives back a key that `claimOnce` took, when the work was refused and may be asked for again. */
export async function dropOnce(tx: Transaction, { once, caller }: VerbContext): Promise<void> {
	if (once === null) return;
	await tx.query(drop, [caller.tenantId, caller.actor.id, once.operation, once.key]);
}

function inFlight(): ApiError {
	return new ApiError(
		"idempotency_in_flight",
		"A request with this Idempotency-Key is being carried out. Ask again in a moment.",
		{ headers: { "Retry-After": "1" } },
	);
}

const forgetOld = statement(`
	delete from idempotency_keys where ctid = any (array(
		select ctid from idempotency_keys where created_at <= $1 limit 1000
	))
	returning key
`);

/** Throws away the answers of all tenants that are kept no longer; says how many there were. */
export async function forgetOldAnswers(db: Database, now: Date): Promise<number> {
	const before = new Date(now.getTime() - keptMs).toISOString();
	let forgotten = 0;
	for (;;) {
		const { length } = await db.asOwner((tx) => tx.query(forgetOld, [before]));
		forgotten += length;
		if (length < 1_000) return forgotten;
	}
}
