import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { seedSampleData } from "@/local/data/seed";
import { createDatabase, startPostgres } from "@/test/postgres";
import type { Connection, Database } from "../db/database";
import { connectInMemory } from "../db/pglite";
import { openPostgres } from "../db/postgresql";
import * as schema from "../db/schema";
import { statement } from "../db/statement";
import { BackupError } from "./backup-error";
import { listTables } from "./catalog";
import { readBackup } from "./read";
import { restoreBackup } from "./restore";
import { writeBackup } from "./write";

const now = new Date("2026-11-22T10:00:00.123Z");
const clock = () => now;

let folder: string;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "countersign-backup-"));
	postgres = await startPostgres();
	closing.push(
		() => postgres.stop(),
		() => rm(folder, { recursive: true, force: true }),
	);
}, 90_000);
afterAll(async () => {
	for (const close of closing.reverse()) await close();
}, 60_000);

async function emptyPglite(): Promise<Connection> {
	const dump = new Blob([await readFile(inject("migratedDatabase"))]);
	const connection = await connectInMemory(dump);
	closing.push(() => connection.close());
	return connection;
}

async function emptyPostgres(): Promise<Connection> {
	const { url, drop } = await createDatabase(postgres.url);
	const connection = await openPostgres({ url, poolSize: 4 });
	closing.push(drop, () => connection.close());
	return connection;
}

function newFile(): string {
	return join(folder, `${randomUUID()}.jsonl.gz`);
}

async function backupOf(db: Database): Promise<string> {
	const file = newFile();
	await writeBackup({ db, clock, file });
	return file;
}

/** Every row of every table as the database writes it, and its columns one by one: JSON cannot tell all apart. */
async function contentOf(db: Database): Promise<Record<string, string[]>> {
	return db.asOwner(async (tx) => {
		const read = async (text: string) =>
			(await tx.query<{ row: string }>(statement(text), [])).map(({ row }) => row).sort();
		await tx.query(statement("set local timezone = 'UTC'"), []);
		const content: Record<string, string[]> = {};
		for (const { name, columns } of await listTables(tx)) {
			const texts = columns.map((column) => `"${column.name}"::text`).join(", ");
			content[name] = await read(
				`select row_to_json(t)::text || ' ' || row(${texts})::text as row from "${name}" t`,
			);
		}
		content.totals = await read(
			"select row_to_json(t)::text as row from deployment_totals t where total <> 0",
		);
		content.texts = await read("select row_to_json(t)::text as row from deployment_texts t");
		const counted = await read(`
			select row_to_json(t)::text as row
			from (select tenant_id, project_id, status, count(*) as total from deployments group by 1, 2, 3) t
		`);
		expect(content.totals).toEqual(counted);
		content.sequence = await read(
			"select last_value::text || is_called::text as row from decisions_sequence_seq",
		);
		return content;
	});
}

const hostileTexts = [
	"",
	"null",
	"NULL",
	`'"\\ $1 $$ \\\\ \\n {"a":1}, {,} "{}"`,
	"\u2028 \u2029 \u0085 \ufeff \ufffd \u0001 \u007f",
	"👩‍👩‍👧‍👦 \u{10ffff} e\u0301 is not \u00e9",
	"\r\n\r \n\t",
	'{"not":"the end"}\n',
	"x".repeat(1_200_000),
];
const orderedJson = '{ "10" : 1,\r\n\t"9": -0, "a": 1e-300, "a": [ 9007199254740993, "\\u00e9\\u2028" ] }';

/** One row of what is hard to carry in each kind of column. */
async function addHostileRows({ db }: Connection): Promise<void> {
	await db.asOwner(async (tx) => {
		const run = (text: string, values: unknown[] = []) => tx.query(statement(text), values);
		const tenant = randomUUID();
		const project = randomUUID();
		await run("insert into tenants values ($1, $2, $3)", [tenant, `org_'"\\\u2028`, now.toISOString()]);
		await run("insert into audit_heads values ($1, 0, repeat('0', 64))", [tenant]);
		await run(
			"insert into projects (id, tenant_id, name, slug, created_at, updated_at) values ($1, $2, $3, 'p', '0044-03-15 12:00:00.999+00 BC', '9999-12-31T23:59:59.999Z')",
			[project, tenant, hostileTexts[4]],
		);
		const metrics = [
			"1e-300",
			"-0",
			"9007199254740992",
			"0.1",
			"5e-324",
			"1.7976931348623157e308",
			"NaN",
			"-Infinity",
		];
		for (const [index, text] of hostileTexts.entries()) {
			await run(
				`insert into deployments
					(id, tenant_id, project_id, cluster_signature, status, current_prompt, proposed_prompt, content_hash,
					proposal_hash, rationale, ab_report, regression_metric, shipped_at, created_at, updated_at)
				values ($1, $2, $3, left($4, 500), 'proposed', $4, $5, '', $6, $7, $8::json, $9::float8, $10, $11, $11)`,
				[
					randomUUID(),
					tenant,
					project,
					text,
					[...hostileTexts].reverse()[index],
					String(index),
					index % 2 === 0 ? null : text,
					[orderedJson, "null", null, "[]", '"text"', ' {"":{"":[]}} ', "-0", "1e400", "{}"][index],
					metrics[index] ?? null,
					["1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.001Z", "infinity"][index] ?? null,
					"2026-03-29T01:00:00.001+02:00",
				],
			);
		}
		const trace = randomUUID();
		await run(
			`insert into traces (id, tenant_id, project_id, tags, started_at) values ($1, $2, $3, $4::json::text::text[], $5)`
				.replace("$4::json::text::text[]", `array['', null, 'NULL', '{', '"', '\\', ',', E'\\n', '\u2028']`)
				.replace("$5", "$4"),
			[trace, tenant, project, now.toISOString()],
		);
		await run(
			"insert into spans (id, tenant_id, trace_id, name, type, metadata, prompt_tokens, created_at) values ($1, $2, $3, '', 'llm', $4::jsonb, -2147483648, $5)",
			[
				randomUUID(),
				tenant,
				trace,
				'{"n": 1e-300, "big": 12345678901234567890.10, "z": null}',
				now.toISOString(),
			],
		);
		await run(
			"insert into spans (id, tenant_id, trace_id, name, type, metadata, created_at) values ($1, $2, $3, '', 'llm', 'null'::jsonb, $4)",
			[randomUUID(), tenant, trace, now.toISOString()],
		);
		await run(
			"insert into decisions (id, tenant_id, sequence, subject_kind, subject_id, decision, to_status, actor_type, actor_id, created_at) overriding system value values ($1, $2, 9007199254740993, 'deployment', $1, 'approve', 'shipped', 'user', '', $3)",
			[randomUUID(), tenant, now.toISOString()],
		);
		await run("select setval('decisions_sequence_seq', 9007199254740995)");
		await run("insert into settings values ('a secret', 'of this database')");
	});
}

let source: Connection;
let sourceContent: Record<string, string[]>;
let sourceFile: string;
beforeAll(async () => {
	source = await emptyPglite();
	await seedSampleData(source.db, clock);
	await addHostileRows(source);
	sourceContent = await contentOf(source.db);
	sourceFile = await backupOf(source.db);
}, 60_000);

describe("a backup and its restore", () => {
	test("hold every table of the schema and every column of it, and count what a trigger counts", async () => {
		const ours = Object.values(schema).filter((value) => is(value, PgTable));
		const expected = Object.fromEntries(
			ours.map((table) => [
				getTableName(table),
				Object.values(getTableColumns(table))
					.map(({ name }) => name)
					.sort(),
			]),
		);
		delete expected.deployment_totals;
		delete expected.deployment_texts;
		const found = await source.db.asOwner(listTables);
		expect(
			Object.fromEntries(
				found.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()]),
			),
		).toEqual(expected);
		const { tables } = await readBackup(sourceFile);
		expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
	});

	test("carry every value of every row from the embedded database to the next", async () => {
		expect(Object.values(sourceContent).flat().length).toBeGreaterThan(200);
		expect(sourceContent.totals?.length).toBeGreaterThan(5);
		const target = await emptyPglite();
		await restoreBackup({ db: target.db, file: sourceFile });
		expect(await contentOf(target.db)).toEqual(sourceContent);
	});

	test("carry them into PostgreSQL and back again", async () => {
		const there = await emptyPostgres();
		// What a server that was started and never used has made for itself gives way.
		await there.orm.execute(sql`insert into settings values ('cursor_secret', 'of the empty one')`);
		await restoreBackup({ db: there.db, file: sourceFile });
		expect(await contentOf(there.db)).toEqual(sourceContent);
		const back = await emptyPglite();
		const file = await backupOf(there.db);
		expect((await readBackup(file)).engine).toBe("postgresql");
		await restoreBackup({ db: back.db, file });
		expect(await contentOf(back.db)).toEqual(sourceContent);
	}, 60_000);

	test("let the numbers go on where they were", async () => {
		const target = await emptyPglite();
		await restoreBackup({ db: target.db, file: sourceFile });
		const { rows } = (await target.orm.execute(sql`
			insert into decisions (id, tenant_id, subject_kind, subject_id, decision, to_status, actor_type, actor_id, created_at)
			select ${randomUUID()}::uuid, id, 'deployment', id, 'approve', 'shipped', 'user', '', now() from tenants limit 1
			returning sequence::text
		`)) as unknown as { rows: { sequence: string }[] };
		expect(rows).toEqual([{ sequence: "9007199254740996" }]);
	});

	test("work for an empty database", async () => {
		const target = await emptyPglite();
		await restoreBackup({ db: target.db, file: await backupOf((await emptyPglite()).db) });
		expect((await contentOf(target.db)).tenants).toEqual([]);
	});

	test("show the database at one moment, while others write", async () => {
		const there = await emptyPostgres();
		await restoreBackup({ db: there.db, file: sourceFile });
		let isWriting = true;
		let written = 0;
		const writer = (async () => {
			while (isWriting) {
				await there.orm.execute(
					sql`insert into tenants values (gen_random_uuid(), gen_random_uuid(), now())`,
				);
				written += 1;
			}
		})();
		const file = newFile();
		const { tables } = await writeBackup({ db: there.db, clock, file });
		isWriting = false;
		await writer;
		expect(written).toBeGreaterThan(0);
		expect((await readBackup(file)).tables).toEqual(tables);
	}, 60_000);
});

describe("the file of a backup", () => {
	test("is for its owner's eyes, has no draft beside it, and never takes the place of another one", async () => {
		const own = join(folder, "own", "folder");
		const file = join(own, "backup.jsonl.gz");
		await writeBackup({ db: source.db, clock, file });
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		const before = await readFile(file);
		await expect(writeBackup({ db: source.db, clock, file })).rejects.toThrow(
			`${file} is there already, and a backup never takes the place of another file.`,
		);
		expect(await readdir(own)).toEqual(["backup.jsonl.gz"]);
		expect(await readFile(file)).toEqual(before);
	});

	test("is not there when its making was stopped", async () => {
		const own = join(folder, "stopped");
		const file = join(own, "backup.jsonl.gz");
		const signal = AbortSignal.abort();
		await expect(writeBackup({ db: source.db, clock, file, signal })).rejects.toThrow();
		expect(await readdir(own)).toEqual([]);
		// The database goes on after it.
		await writeBackup({ db: source.db, clock, file });
	});

	test("tells of an audit log that does not end where its head says, and is not restored then", async () => {
		const torn = await emptyPglite();
		await restoreBackup({ db: torn.db, file: sourceFile });
		const [first] = await torn.orm.select().from(schema.auditEntries).limit(1);
		const tenantId = first?.tenantId ?? "";
		await torn.orm.execute(sql`
			delete from audit_entries where tenant_id = ${tenantId}
			and sequence = (select max(sequence) from audit_entries where tenant_id = ${tenantId})
		`);
		const file = newFile();
		expect(await writeBackup({ db: torn.db, clock, file })).toMatchObject({ wrongAuditEnd: tenantId });
		await expectRefused(file, `the audit log of tenant ${tenantId} does not end where its head says`);
	});
});

let target: Connection;
let untouched: Record<string, string[]>;
beforeAll(async () => {
	target = await emptyPglite();
	await target.orm.execute(sql`insert into settings values ('cursor_secret', 'stays')`);
	untouched = await contentOf(target.db);
});

/** Refused with a sentence that holds the reason, and nothing has changed. */
async function expectRefused(file: string, reason: string | RegExp): Promise<void> {
	const error: unknown = await restoreBackup({ db: target.db, file }).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(BackupError);
	expect(String(error)).toMatch(/^BackupError: \/[^\n]+\.$/);
	if (typeof reason === "string") expect(String(error)).toContain(reason);
	else expect(String(error)).toMatch(reason);
	expect(await contentOf(target.db)).toEqual(untouched);
}

async function altered(change: (lines: string[]) => string[]): Promise<string> {
	const lines = gunzipSync(await readFile(sourceFile))
		.toString("utf8")
		.split("\n")
		.slice(0, -1);
	const file = newFile();
	await writeFile(
		file,
		gzipSync(
			change(lines)
				.map((line) => `${line}\n`)
				.join(""),
		),
	);
	return file;
}

/** Numbers that are the same in every run. */
function* numbers(seed: number): Generator<number> {
	for (let state = seed; ; ) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield state / 2 ** 32;
	}
}

describe("a restore refuses, and leaves the target as it was", () => {
	test("a file with one flipped byte, at 50 places", async () => {
		const bytes = await readFile(sourceFile);
		const file = newFile();
		const random = numbers(7);
		for (let count = 0; count < 50; count += 1) {
			// The ten bytes before are gzip's own and say nothing of the content.
			const place = 10 + Math.floor(random.next().value * (bytes.length - 10));
			const changed = Buffer.from(bytes);
			changed[place] = (changed[place] ?? 0) ^ (1 << Math.floor(random.next().value * 8));
			await writeFile(file, changed);
			await expect(readBackup(file), `byte ${place}`).rejects.toThrow(BackupError);
			if (count % 10 === 0) await expectRefused(file, "cannot be restored");
		}
	}, 60_000);

	test("a file whose gzip header was changed, unless that says nothing of the content", async () => {
		const bytes = await readFile(sourceFile);
		const header = await readBackup(sourceFile);
		const file = newFile();
		const outcomes = new Map<number, string>();
		for (let place = 0; place < 10; place += 1) {
			await writeFile(file, bytes.with(place, (bytes[place] ?? 0) ^ 0b10));
			const outcome = await readBackup(file).catch((error: unknown) => error);
			outcomes.set(place, outcome instanceof BackupError ? "refused" : "read");
			if (!(outcome instanceof BackupError)) expect(outcome).toEqual(header);
		}
		// The time, the level and the system that gzip notes and nobody asks for.
		expect([...outcomes].filter(([, outcome]) => outcome === "read").map(([place]) => place)).toEqual([
			4, 5, 6, 7, 8, 9,
		]);
	});

	test("a file that was cut off, at 20 places", async () => {
		const bytes = await readFile(sourceFile);
		const file = newFile();
		const random = numbers(11);
		const places = [0, 1, 9, bytes.length - 8, bytes.length - 1];
		while (places.length < 20) places.push(Math.floor(random.next().value * bytes.length));
		for (const place of places) {
			await writeFile(file, bytes.subarray(0, place));
			await expectRefused(file, /cut off|empty/);
		}
	}, 60_000);

	test.each<[string, (lines: string[]) => string[], string]>([
		[
			"a value that was changed",
			(all) => all.map((line) => line.replace("ab_passed", "rejected")),
			"its checksum is wrong",
		],
		[
			"two rows that were swapped",
			([a = "", b = "", c = "", ...rest]) => [a, c, b, ...rest],
			"its checksum is wrong",
		],
		["a row that is missing", (all) => all.toSpliced(-2, 1), "it holds fewer rows than its header says"],
		[
			"a row that was added",
			(all) => all.toSpliced(-1, 0, all.at(-2) ?? ""),
			"it holds more rows than its header says",
		],
		["an end that is missing", (all) => all.slice(0, -1), "it is cut off before its end"],
		["lines after the end", (all) => [...all, "{}"], "there is more in it after its end"],
		["a line that is no row", (all) => all.with(2, "[1]"), "line 3 is not a row of"],
		[
			"a row of too many columns",
			(all) => all.with(2, JSON.stringify(Array(99).fill(null))),
			"line 3 is not a row of",
		],
		["a line that does not parse", (all) => all.with(2, "["), "line 3 is not a row of"],
		[
			"another format",
			(all) => all.with(0, '{"format":"dump","version":1}'),
			"it is not a backup of Countersign",
		],
		[
			"a later format version",
			(all) => all.map((line) => line.replace('"version":1,', '"version":2,')),
			"it is of format version 2, and this build of Countersign reads version 1",
		],
		[
			"a header without tables",
			(all) => all.with(0, '{"format":"countersign-backup","version":1}'),
			"its first line is not the header",
		],
	])("%s", async (_, change, reason) => {
		await expectRefused(await altered(change), reason);
	});

	/** With a checksum that is right, as somebody would make it who knows how. */
	async function forged(change: (lines: string[]) => string[]): Promise<string> {
		const { createHash } = await import("node:crypto");
		return altered((lines) => {
			const kept = change(lines.slice(0, -1));
			const hash = createHash("sha256").update(kept.map((line) => `${line}\n`).join(""));
			return [...kept, JSON.stringify({ lines: kept.length, sha256: hash.digest("hex") })];
		});
	}

	test.each<[string, (lines: string[]) => string[], string]>([
		[
			"a backup of another version",
			(all) => all.map((line) => line.replace(/"migrations":\["/, '"migrations":["0')),
			"it is of another version of Countersign",
		],
		[
			"a backup of other tables",
			(all) => all.map((line) => line.replace('"name":"settings"', '"name":"sittings"')),
			"its tables are not those of this database",
		],
	])("%s", async (_, change, reason) => {
		await expectRefused(await forged(change), reason);
	});

	test("rows that do not fit together, which the database itself refuses", async () => {
		const file = await forged((all) =>
			all.map((line) =>
				line.replace(
					/^\["(0dd75810-a8d9-527b-923f-bf0a01fdb339)","org_/,
					'["11111111-a8d9-527b-923f-bf0a01fdb339","org_',
				),
			),
		);
		await expectRefused(file, "the database does not take its rows of");
	});

	test("what is no file, no gzip file, or not there", async () => {
		const text = newFile();
		await writeFile(text, "plain");
		await expectRefused(text, "it is damaged, or not a gzip file");
		await expectRefused(folder, "it is a folder");
		await expectRefused(newFile(), "there is no such file");
		const nothing = newFile();
		await writeFile(nothing, gzipSync(""));
		await expectRefused(nothing, "it is empty");
	});

	test("a database that is not empty, on both engines", async () => {
		for (const filled of [source, await emptyPostgres()]) {
			if (filled !== source) await restoreBackup({ db: filled.db, file: sourceFile });
			await expect(restoreBackup({ db: filled.db, file: sourceFile })).rejects.toThrow(
				/^The database is not empty \(there are rows in \w+\), and a backup is restored into an empty one only\.$/,
			);
			expect(await contentOf(filled.db)).toEqual(sourceContent);
		}
	}, 60_000);
});
