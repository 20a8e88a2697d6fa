import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { openTestLog, run, type TestLog, tenantWithLog, withoutConstraints } from "@/test/audit-log";
import { isThorough } from "@/test/thorough";
import type { Transaction } from "../db/database";

const sampleSize = isThorough ? 500 : 200;
const entries = 8;
const columns = {
	tenant_id: "uuid",
	sequence: "integer",
	id: "uuid",
	event: "text",
	actor_type: "text",
	actor_id: "text",
	resource_id: "text",
	metadata: "jsonb",
	created_at: "timestamptz",
	prev_hash: "text",
	curr_hash: "text",
} as const;
const columnNames = Object.keys(columns) as (keyof typeof columns)[];

let api: TestApi;
let log: TestLog;
let tenant: TestTenant;
beforeAll(async () => {
	api = await openTestApi();
	log = await openTestLog(api);
	tenant = await tenantWithLog(api, log, ["project", "approve", "reject", "rollback", "switch", "execute"]);
});
afterAll(async () => {
	await log.close();
	await api.close();
});

interface Change {
	sequence: number;
	column: keyof typeof columns;
	position: number;
	byte: number;
}

test("every single-byte change of a stored entry is found, in a sample of 500", async () => {
	expect((await log.verify()).checked.entries).toBe(entries);
	const seed = Number(process.env.AUDIT_SEED ?? Date.now() % 2_147_483_647);
	const changes = fc.sample(
		fc.record({
			sequence: fc.integer({ min: 1, max: entries }),
			column: fc.constantFrom(...columnNames),
			position: fc.nat({ max: 1_000_000 }),
			byte: fc.integer({ min: 1, max: 255 }),
		}),
		{ seed, numRuns: 10 * sampleSize },
	);
	const counts = { tried: 0, refused_by_the_database: 0, the_same: 0, stored: 0, found: 0 };
	const missed: string[] = [];
	await api.db.asOwner(async (tx) => {
		await withoutConstraints(tx);
		for (const change of changes) {
			if (counts.stored === sampleSize) break;
			counts.tried += 1;
			await run(tx, "savepoint untouched");
			const outcome = await store(tx, change).catch(() => "refused_by_the_database" as const);
			if (outcome === "stored") {
				if ((await log.verifyIn(tx)).whole) missed.push(JSON.stringify(change));
				else counts.found += 1;
			}
			counts[outcome] += 1;
			await run(tx, "rollback to savepoint untouched");
		}
		expect(await log.verifyIn(tx)).toMatchObject({ whole: true });
	});
	process.stdout.write(
		`single-byte changes of stored audit entries, seed ${seed}: ${JSON.stringify(counts)}\n`,
	);
	expect(missed).toEqual([]);
	expect(counts).toMatchObject({ stored: sampleSize, found: sampleSize });
}, 300_000);

/** Writes one byte of a column's text anew; what the database takes for the same value is no change. */
async function store(tx: Transaction, { sequence, column, position, byte }: Change) {
	const [before] = await run<{ ctid: string; stored: string | null }>(
		tx,
		`select ctid::text, ${column}::text as stored from audit_entries where tenant_id = $1 and sequence = $2`,
		[tenant.id, sequence],
	);
	const bytes = Buffer.from(before?.stored ?? "");
	if (bytes.length === 0) return "the_same";
	bytes[position % bytes.length] = byte;
	const [after] = await run<{ stored: string | null }>(
		tx,
		`update audit_entries set ${column} = convert_from(decode($2, 'hex'), 'UTF8')::${columns[column]}
		where ctid = $1::tid returning ${column}::text as stored`,
		[before?.ctid, bytes.toString("hex")],
	);
	return after?.stored === before?.stored ? "the_same" : "stored";
}
