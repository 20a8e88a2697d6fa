import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import {
	type Deed,
	deeds,
	openTestLog,
	perform,
	run,
	type TestLog,
	tenantWithLog,
	withoutConstraints,
} from "@/test/audit-log";
import { auditTrail, decisionTrail, insertProject } from "@/test/rows";
import type { Transaction } from "../db/database";
import { chainHash, firstPrevHash, type UnchainedEntry } from "./chain";
import type { AuditReport } from "./verify";

let api: TestApi;
let log: TestLog;
let tenant: TestTenant;
/** Read before anything is changed: PGlite has one connection, which the change holds. */
let entries: Awaited<ReturnType<typeof auditTrail>>;
/** 9 entries of 7 decisions, 8 of them with a signed head. */
const order: Deed[] = ["project", "approve", "reject", "rollback", "switch", "execute", "approve"];
beforeAll(async () => {
	api = await openTestApi();
	log = await openTestLog(api);
	tenant = await tenantWithLog(api, log, order);
	entries = await auditTrail(api, tenant.id);
	await tenantWithLog(api, log, ["approve", "switch"]);
});
afterAll(async () => {
	await log.close();
	await api.close();
});

/** The tenant's first bad entry, and everything that is said of it. */
function firstBad({ whole, problems }: AuditReport) {
	expect(whole).toBe(false);
	const [first] = problems;
	const said = problems.filter(({ tenant_id, sequence }) => {
		return tenant_id === first?.tenant_id && sequence === first?.sequence;
	});
	return { tenant_id: first?.tenant_id, sequence: first?.sequence, faults: said.map(({ fault }) => fault) };
}

const entryAt = (sequence: number) => entries[sequence - 1];

describe("an untouched log", () => {
	test("is whole, and it is said what was looked at", async () => {
		const [decision] = await decisionTrail(api, tenant.id);
		expect([entries.length, decision?.sequence]).toEqual([9, 1]);
		expect(await log.verify()).toEqual({
			whole: true,
			problems: [],
			unlisted: 0,
			notes: [],
			checked: { entries: 12, tenants: 2, decisions: 10, signed_heads: 9 },
		});
	});

	test("is whole whatever people did, one after the other or at once", async () => {
		const runs = fc.array(fc.tuple(fc.constantFrom(...deeds), fc.boolean()), { maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(runs, async (steps) => {
				const one = await api.makeTenant();
				const projectId = await insertProject(api, one.id);
				const going = [];
				for (const [deed, isAwaited] of steps) {
					const done = perform(api, one, projectId, deed);
					if (isAwaited) await done;
					else going.push(done);
				}
				await Promise.all(going);
				const report = await log.verify();
				expect(report.problems).toEqual([]);
			}),
			{ numRuns: 25 },
		);
	}, 120_000);
});

describe("a row that was changed", () => {
	const columns: [string, string][] = [
		["id", "gen_random_uuid()"],
		["event", "'deployment.rejected'"],
		["actor_type", "'system'"],
		["actor_id", "actor_id || 'x'"],
		["resource_id", "null"],
		["metadata", `metadata || '{"reason":"Another"}'`],
		["metadata", "metadata - 'decision_id' - 'slug'"],
		["metadata", "'[]'"],
		["created_at", "created_at + interval '1 millisecond'"],
		["created_at", "'infinity'"],
		["created_at", "(created_at::text || ' BC')::timestamptz"],
		["prev_hash", "curr_hash"],
		["curr_hash", "prev_hash"],
	];
	test.each(columns)("is found by its %s: %s", async (column, value) => {
		for (const sequence of [1, 4, 9]) {
			const report = await log.afterTampering((tx) => {
				const sql = `update audit_entries set ${column} = ${value} where tenant_id = $1 and sequence = $2`;
				return run(tx, sql, [tenant.id, sequence]);
			});
			const bad = firstBad(report);
			expect(bad).toMatchObject({ tenant_id: tenant.id, sequence });
			expect(bad.faults).toContain("changed");
		}
	});

	test("is found by its number in the chain, also at the end", async () => {
		for (const [from, to, first] of [
			[9, 10, 9],
			[4, 77, 4],
			[1, 0, 0],
			[1, -5, -5],
		]) {
			const report = await log.afterTampering((tx) =>
				run(tx, "update audit_entries set sequence = $3 where tenant_id = $1 and sequence = $2", [
					tenant.id,
					from,
					to,
				]),
			);
			expect(firstBad(report)).toMatchObject({ tenant_id: tenant.id, sequence: first });
		}
	});

	test("is found in another tenant", async () => {
		const other = await api.makeTenant();
		const report = await log.afterTampering((tx) =>
			run(tx, "update audit_entries set tenant_id = $3 where tenant_id = $1 and sequence = $2", [
				tenant.id,
				4,
				other.id,
			]),
		);
		const said = report.problems.filter(({ tenant_id }) => tenant_id === tenant.id);
		expect(said[0]).toMatchObject({ sequence: 4, fault: "missing" });
	});
});

describe("entries that are not all there, or not alone", () => {
	test.each([1, 5, 9])("number %i is missing, with its gap", async (sequence) => {
		const report = await log.afterTampering((tx) =>
			run(tx, "delete from audit_entries where tenant_id = $1 and sequence = $2", [tenant.id, sequence]),
		);
		const bad = firstBad(report);
		expect(bad).toMatchObject({ tenant_id: tenant.id, sequence });
		expect(bad.faults).toContain(sequence === 9 ? "cut tail" : "missing");
	});

	test.each([1, 5])("number %i is missing, and the gap is closed", async (sequence) => {
		const report = await log.afterTampering(async (tx) => {
			await run(tx, "delete from audit_entries where tenant_id = $1 and sequence = $2", [
				tenant.id,
				sequence,
			]);
			await shift(tx, sequence, -1);
		});
		const bad = firstBad(report);
		expect(bad).toMatchObject({ tenant_id: tenant.id, sequence });
		expect(bad.faults).toContain("missing");
	});

	test.each([
		[4, 5],
		[2, 8],
		[1, 9],
	])("numbers %i and %i are swapped", async (one, other) => {
		const report = await log.afterTampering(async (tx) => {
			const move = "update audit_entries set sequence = $3 where tenant_id = $1 and sequence = $2";
			await run(tx, move, [tenant.id, one, 100]);
			await run(tx, move, [tenant.id, other, one]);
			await run(tx, move, [tenant.id, 100, other]);
		});
		const bad = firstBad(report);
		expect(bad).toMatchObject({ tenant_id: tenant.id, sequence: one });
		expect(bad.faults).toContain("swapped");
	});

	test("a copy stands beside its original, under the same number", async () => {
		const report = await log.afterTampering(async (tx) => {
			await withoutConstraints(tx);
			await run(
				tx,
				"insert into audit_entries select * from audit_entries where tenant_id = $1 and sequence = $2",
				[tenant.id, 4],
			);
		});
		expect(firstBad(report)).toMatchObject({ sequence: 4 });
		expect(report.problems).toContainEqual(expect.objectContaining({ sequence: 4, fault: "added" }));
	});

	test("an entry with the right hashes was put in the middle", async () => {
		const report = await log.afterTampering(async (tx) => {
			await shift(tx, 4, 1);
			await add(tx, 4, entryAt(3)?.currHash ?? "");
		});
		expect(firstBad(report)).toMatchObject({ tenant_id: tenant.id, sequence: 4 });
		expect(report.problems).toContainEqual(expect.objectContaining({ sequence: 4, fault: "added" }));
	});

	test("an entry with the right hashes was put behind the last one", async () => {
		const append = async (tx: Transaction) => add(tx, 10, entryAt(9)?.currHash ?? "");
		const withHeadLeft = await log.afterTampering(append);
		const bad = firstBad(withHeadLeft);
		expect([bad.sequence, bad.faults]).toEqual([10, expect.arrayContaining(["added", "not signed"])]);
		const withHeadMoved = await log.afterTampering(async (tx) => {
			const hash = await append(tx);
			await run(tx, "update audit_heads set sequence = 10, hash = $2 where tenant_id = $1", [
				tenant.id,
				hash,
			]);
		});
		expect(firstBad(withHeadMoved)).toEqual({
			tenant_id: tenant.id,
			sequence: 10,
			faults: ["not signed"],
		});
	});

	test("the tail is cut, and the head moved back, and the decisions of it taken away", async () => {
		const cut = (tx: Transaction) =>
			run(tx, "delete from audit_entries where tenant_id = $1 and sequence > 6", [tenant.id]);
		const first = firstBad(await log.afterTampering(cut));
		expect([first.sequence, first.faults]).toEqual([7, expect.arrayContaining(["cut tail"])]);
		const report = await log.afterTampering(async (tx) => {
			await cut(tx);
			await run(
				tx,
				`update audit_heads set sequence = 6, hash = (
					select curr_hash from audit_entries where tenant_id = $1 and sequence = 6
				) where tenant_id = $1`,
				[tenant.id],
			);
			await run(
				tx,
				`delete from decisions where tenant_id = $1 and id::text not in (
					select coalesce(metadata->>'decision_id', '') from audit_entries where tenant_id = $1
				)`,
				[tenant.id],
			);
		});
		expect(new Set(report.problems.map(({ fault }) => fault))).toEqual(new Set(["cut tail"]));
		expect(report.problems[0]).toMatchObject({ tenant_id: tenant.id, sequence: 7 });
	});

	test("the whole log of a tenant is gone", async () => {
		const report = await log.afterTampering(async (tx) => {
			await withoutConstraints(tx);
			for (const table of ["audit_entries", "decisions", "audit_heads"]) {
				await run(tx, `delete from ${table} where tenant_id = $1`, [tenant.id]);
			}
		});
		expect(report.problems).toContainEqual(
			expect.objectContaining({ tenant_id: tenant.id, sequence: 1, fault: "cut tail", line: 1 }),
		);
	});

	test.each([1, 4, 9])("all is rewritten from number %i on, hashes, head and decisions too", async (from) => {
		const report = await log.afterTampering(async (tx) => {
			await rewrite(tx, from);
			await run(tx, "update decisions set actor_id = 'user_forged' where tenant_id = $1", [tenant.id]);
			await run(
				tx,
				`update decisions set actor_id = told.actor_id from audit_entries as told
				where told.tenant_id = $1 and told.metadata->>'decision_id' = decisions.id::text`,
				[tenant.id],
			);
		});
		expect(firstBad(report)).toEqual({ tenant_id: tenant.id, sequence: from, faults: ["rewritten"] });
	});

	test("one entry is rewritten with its own hash alone", async () => {
		const report = await log.afterTampering((tx) => rewrite(tx, 4, 4));
		const bad = firstBad(report);
		expect([bad.sequence, bad.faults]).toEqual([4, expect.arrayContaining(["rewritten"])]);
	});
});

describe("a head that was changed", () => {
	test.each([
		["sequence = 8", 9],
		["sequence = 10", 10],
		["sequence = 0", 1],
		["hash = repeat('0', 64)", 9],
	])("is found: %s", async (change, sequence) => {
		const report = await log.afterTampering((tx) =>
			run(tx, `update audit_heads set ${change} where tenant_id = $1`, [tenant.id]),
		);
		expect(firstBad(report)).toMatchObject({ tenant_id: tenant.id, sequence });
	});

	test("is found when it is gone", async () => {
		const report = await log.afterTampering((tx) =>
			run(tx, "delete from audit_heads where tenant_id = $1", [tenant.id]),
		);
		expect(firstBad(report)).toMatchObject({ tenant_id: tenant.id, faults: ["missing"] });
	});
});

describe("a decision", () => {
	const columns: [string, string][] = [
		["id", "gen_random_uuid()"],
		["subject_kind", "'control_action'"],
		["subject_id", "gen_random_uuid()"],
		["decision", "'reject'"],
		["from_status", "null"],
		["to_status", "'rejected'"],
		["actor_type", "'system'"],
		["actor_id", "'user_other'"],
		["reason", "'Another'"],
		["content_hash", "repeat('0', 64)"],
		["created_at", "created_at + interval '1 millisecond'"],
	];
	test.each(columns)("with another %s than its entry tells of is found", async (column, value) => {
		const [decision] = await decisionTrail(api, tenant.id);
		const report = await log.afterTampering((tx) =>
			run(tx, `update decisions set ${column} = ${value} where id = $1`, [decision?.id]),
		);
		// The first entry is a project, the second this decision.
		expect(firstBad(report)).toMatchObject({ tenant_id: tenant.id, sequence: 2 });
	});

	test("in another tenant than its entry is found", async () => {
		const [decision] = await decisionTrail(api, tenant.id);
		const other = await api.makeTenant();
		const report = await log.afterTampering((tx) =>
			run(tx, "update decisions set tenant_id = $2 where id = $1", [decision?.id, other.id]),
		);
		expect(report.problems.map(({ tenant_id }) => tenant_id).sort()).toEqual([tenant.id, other.id].sort());
	});

	test("that was deleted is found, and so is one that no entry tells of", async () => {
		const [decision] = await decisionTrail(api, tenant.id);
		const deleted = await log.afterTampering((tx) =>
			run(tx, "delete from decisions where id = $1", [decision?.id]),
		);
		expect(deleted.problems).toMatchObject([
			{ tenant_id: tenant.id, sequence: 2, entry_id: entryAt(2)?.id, fault: "missing" },
		]);
		const added = await log.afterTampering((tx) =>
			run(
				tx,
				`insert into decisions (id, tenant_id, subject_kind, subject_id, decision, to_status, actor_type, actor_id, created_at)
				select gen_random_uuid(), tenant_id, subject_kind, subject_id, decision, to_status, actor_type, actor_id, created_at
				from decisions where id = $1`,
				[decision?.id],
			),
		);
		expect(added.problems).toMatchObject([{ tenant_id: tenant.id, sequence: null, fault: "missing" }]);
	});

	test("in another order than their entries is found where they are about one thing", async () => {
		const [first, second] = (await decisionTrail(api, tenant.id)).filter(
			({ subjectKind }) => subjectKind === "kill_switch",
		);
		const report = await log.afterTampering((tx) =>
			run(tx, "update decisions set sequence = default where id = $1", [first?.id]),
		);
		expect(report.problems).toMatchObject([{ tenant_id: tenant.id, fault: "changed" }]);
		expect(report.problems[0]?.what).toBe(`the entry and decision ${second?.id} do not agree on the order`);
	});

	test("that two entries tell of is found, and an entry of one that names none", async () => {
		const withTwo = await log.afterTampering(async (tx) => {
			await rewrite(tx, 3, 9, (entry, sequence) => {
				if (sequence !== 8) return entry;
				return { ...entry, metadata: { ...entry.metadata, decision_id: "x" } };
			});
		});
		expect(
			withTwo.problems.some(({ what }) => what === "the decision that the entry tells of is missing"),
		).toBe(true);
		const [decision] = await decisionTrail(api, tenant.id);
		const twice = await log.afterTampering(async (tx) => {
			const original = entryAt(2);
			await add(tx, 10, entryAt(9)?.currHash ?? "", {
				event: original?.event,
				resource_id: original?.resourceId,
				actor_id: original?.actorId,
				metadata: original?.metadata,
				created_at: original?.createdAt.toISOString(),
			});
		});
		expect(twice.problems.map(({ what }) => what)).toContain(
			`the entry and decision ${decision?.id} do not agree on how often`,
		);
		const nameless = await log.afterTampering(async (tx) =>
			add(tx, 10, entryAt(9)?.currHash ?? "", { event: "deployment.approved" }),
		);
		expect(nameless.problems.map(({ what }) => what)).toContain(
			"the entry tells of a decision and does not name it",
		);
	});
});

/** Moves the entries from a number on by one, up or down. */
async function shift(tx: Transaction, from: number, by: 1 | -1): Promise<void> {
	const sql = "update audit_entries set sequence = $3 - sequence where tenant_id = $1 and sequence >= $2";
	// By way of numbers below zero, so that no two entries ever have the same one.
	await run(tx, sql, [tenant.id, from, -by]);
	await run(tx, "update audit_entries set sequence = -sequence where tenant_id = $1 and sequence < 0", [
		tenant.id,
	]);
}

/** Puts an entry with the right hashes into the tenant's log; returns its hash. */
async function add(
	tx: Transaction,
	sequence: number,
	prevHash: string,
	parts: Partial<UnchainedEntry> = {},
): Promise<string> {
	const entry: UnchainedEntry = {
		id: crypto.randomUUID(),
		event: "project.created",
		actor_type: "user",
		actor_id: "user_forged",
		resource_id: null,
		metadata: {},
		created_at: api.clock().toISOString(),
		...parts,
	};
	const hash = chainHash(prevHash, entry);
	const { id, event, actor_type, actor_id, resource_id, metadata, created_at } = entry;
	await run(
		tx,
		`insert into audit_entries (tenant_id, sequence, id, event, actor_type, actor_id, resource_id, metadata, created_at, prev_hash, curr_hash)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		[
			tenant.id,
			sequence,
			id,
			event,
			actor_type,
			actor_id,
			resource_id,
			JSON.stringify(metadata),
			created_at,
			prevHash,
			hash,
		],
	);
	return hash;
}

/** Writes entries anew with all hashes recomputed, up to the head when the last one is among them. */
async function rewrite(
	tx: Transaction,
	from: number,
	to = 9,
	change: (entry: UnchainedEntry, sequence: number) => UnchainedEntry = (entry) => ({
		...entry,
		actor_id: "user_forged",
	}),
): Promise<void> {
	let prevHash = entries[from - 2]?.currHash ?? firstPrevHash;
	for (const row of entries.slice(from - 1, to)) {
		const entry = change(
			{
				id: row.id,
				event: row.event,
				actor_type: row.actorType,
				actor_id: row.actorId,
				resource_id: row.resourceId,
				metadata: row.metadata,
				created_at: row.createdAt.toISOString(),
			},
			row.sequence,
		);
		const hash = chainHash(prevHash, entry);
		await run(
			tx,
			`update audit_entries set actor_id = $3, metadata = $4, prev_hash = $5, curr_hash = $6
			where tenant_id = $1 and sequence = $2`,
			[tenant.id, row.sequence, entry.actor_id, JSON.stringify(entry.metadata), prevHash, hash],
		);
		prevHash = hash;
	}
	if (to < entries.length) return;
	await run(tx, "update audit_heads set hash = $2 where tenant_id = $1", [tenant.id, prevHash]);
}
