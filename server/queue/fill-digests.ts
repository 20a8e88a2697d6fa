import { setImmediate } from "node:timers/promises";
import type { JsonObject } from "@/lib/contract/identifiers";
import { digestOf, digestVersion, type QueueDigest } from "@/lib/rules/queue-digest";
import type { Clock } from "../clock";
import type { Database } from "../db/database";
import { withoutDigest } from "../db/queue-expressions";
import { statement } from "../db/statement";

/** Rows that are read in one go: with their prompts, which may have several megabytes, in memory together. */
const rowsAtATime = 25;
/** A server that has not written by then what it took is taken to have stopped. */
const claimedForMs = 600_000;

interface Claimed {
	id: string;
	tenant_id: string;
	status: string;
	current_prompt: string;
	proposed_prompt: string;
	rationale: string | null;
	ab_report: JsonObject | null;
}

/** The newest first: they are looked at. What another server is taking at this moment is passed over. */
const claim = statement(`
	update deployments set digest_claimed_at = $1 where id in (
		select id from deployments
		where ${withoutDigest} and (digest_claimed_at is null or digest_claimed_at <= $2)
		order by created_at desc, id limit ${rowsAtATime} for no key update skip locked
	)
	returning id, tenant_id, status, current_prompt, proposed_prompt, rationale, ab_report
`);
/**
 * Only what is as it was read: whoever changes a text takes the claim away, and what a report proves is judged
 * in the light of the state.
 */
const write = statement(`
	update deployments set
		words_added = (digest ->> 'wordsAdded')::integer, words_removed = (digest ->> 'wordsRemoved')::integer,
		findings = (digest ->> 'findings')::integer, worst_severity = digest ->> 'worstSeverity',
		worst_sentence = digest ->> 'worstSentence', verdict = digest ->> 'verdict',
		effect = (digest ->> 'effect')::double precision, digest_version = ${digestVersion}, digest_claimed_at = null
	from json_array_elements($2::json) as digest
	where deployments.tenant_id = (digest ->> 'tenantId')::uuid and deployments.id = (digest ->> 'id')::uuid
		and status = digest ->> 'status' and digest_claimed_at = $1
	returning deployments.id
`);
const release = statement(`
	update deployments set digest_claimed_at = null where id = any ($2::uuid[]) and digest_claimed_at = $1
`);

export interface Filled {
	/** Rows that have a digest now. */
	read: number;
	/** Those that could not be read. They are tried again ten minutes later. */
	failed: { id: string; error: unknown }[];
}

/**
 * Reads every deployment that nobody has read yet, or only an older version of us, and writes its digest:
 * nothing else of it, and no audit entry, because nothing was changed by anybody. No transaction is open while
 * a text is being read. Several servers may do it at once, each takes other rows. Ends early, with what it has
 * taken given back, once `shouldStop` says so.
 */
export async function fillDigests(db: Database, clock: Clock, shouldStop: () => boolean): Promise<Filled> {
	const filled: Filled = { read: 0, failed: [] };
	while (!shouldStop()) {
		const now = clock();
		const claimedAt = now.toISOString();
		const staleAt = new Date(now.getTime() - claimedForMs).toISOString();
		const claimed = await db.asOwner((tx) => tx.query<Claimed>(claim, [claimedAt, staleAt]));
		if (claimed.length === 0) break;
		const failedBefore = filled.failed.length;
		const digests = await readInTurn(claimed, filled.failed, shouldStop);
		const failed = filled.failed.slice(failedBefore).map(({ id }) => id);
		filled.read += await db.asOwner(async (tx) => {
			const written = await tx.query<{ id: string }>(write, [claimedAt, JSON.stringify(digests)]);
			const done = new Set([...written.map(({ id }) => id), ...failed]);
			const left = claimed.flatMap(({ id }) => (done.has(id) ? [] : [id]));
			if (left.length > 0) await tx.query(release, [claimedAt, left]);
			return written.length;
		});
	}
	return filled;
}

type Digest = QueueDigest & { id: string; tenantId: string; status: string };

/** Lets requests be answered between one and the next. */
async function readInTurn(
	claimed: readonly Claimed[],
	failed: Filled["failed"],
	shouldStop: () => boolean,
): Promise<Digest[]> {
	const digests: Digest[] = [];
	for (const deployment of claimed) {
		await setImmediate();
		if (shouldStop()) break;
		const { id, tenant_id: tenantId, status } = deployment;
		try {
			digests.push({ id, tenantId, status, ...digestOf(deployment) });
		} catch (error) {
			failed.push({ id, error });
		}
	}
	return digests;
}
