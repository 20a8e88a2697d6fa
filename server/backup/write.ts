import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, mkdir, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { theOnlyRow } from "../affected-rows";
import type { Clock } from "../clock";
import type { Database, Transaction } from "../db/database";
import { statement } from "../db/statement";
import { findWrongAuditEnd } from "./audit-ends";
import { BackupError } from "./backup-error";
import { type CatalogTable, listMigrations, listSequences, listTables, quoted } from "./catalog";
import { type BackupEnd, type BackupHeader, formatVersion } from "./format";

export interface WrittenBackup {
	tables: BackupHeader["tables"];
	/** Of the file. */
	bytes: number;
	/** A tenant whose audit log does not end where its head says: restoring will refuse this backup. */
	wrongAuditEnd: string | null;
}

/** A row may hold prompts of several megabytes, and these are in memory together. */
const rowsAtATime = 25;
/** What is compressed in one go: each go costs the same, however little it is given. */
const pieceLength = 256 * 1024;

// One view of the whole database from the first query on, whatever is written meanwhile.
const beginSnapshot = statement("set transaction isolation level repeatable read read only");
const settings = [
	// Rows that row-level security would leave out make the backup fail, instead of being missed in it.
	"set local row_security = off",
	"set local statement_timeout = 0",
	"set local idle_in_transaction_session_timeout = 0",
	// How values become text, whatever the server's or the user's own settings are.
	"set local timezone = 'UTC'",
	"set local datestyle = 'ISO, YMD'",
	"set local intervalstyle = 'postgres'",
	"set local extra_float_digits = 1",
	"set local bytea_output = 'hex'",
].map(statement);
const fetchRows = statement(`fetch ${rowsAtATime} from backup_rows`);
const closeRows = statement("close backup_rows");

/**
 * Writes all rows of the database into a new file, in the format of `format.ts` and as they are at one moment;
 * others may go on writing. The file appears under its name only when it is whole and on the disk, is for its
 * owner's eyes only, and never takes the place of another one.
 */
export async function writeBackup(options: {
	db: Database;
	clock: Clock;
	file: string;
	signal?: AbortSignal;
}): Promise<WrittenBackup> {
	const { db, clock, file, signal } = options;
	await mkdir(dirname(file), { recursive: true, mode: 0o700 });
	if (await isThere(file)) throw alreadyThere(file);
	const draft = `${file}.${randomUUID()}.part`;
	try {
		const { tables, wrongAuditEnd } = await db.asOwner(async (tx) => {
			await tx.query(beginSnapshot, []);
			for (const setting of settings) await tx.query(setting, []);
			const catalog = await listTables(tx);
			const header = await readHeader(tx, catalog, { engine: db.engine, createdAt: clock() });
			await writeLines(draft, linesOf(tx, catalog, header), signal);
			return { tables: header.tables, wrongAuditEnd: await findWrongAuditEnd(tx) };
		});
		// Unlike a rename, a link never takes the place of a file that has come into being meanwhile.
		await link(draft, file).catch((cause: NodeJS.ErrnoException) => {
			throw cause.code === "EEXIST" ? alreadyThere(file) : cause;
		});
		return { tables, wrongAuditEnd, bytes: (await stat(file)).size };
	} finally {
		await rm(draft, { force: true });
	}
}

function alreadyThere(file: string): BackupError {
	return new BackupError(`${file} is there already, and a backup never takes the place of another file.`);
}

function isThere(file: string): Promise<boolean> {
	return stat(file).then(
		() => true,
		() => false,
	);
}

async function writeLines(file: string, lines: AsyncIterable<string>, signal?: AbortSignal): Promise<void> {
	// Begun anew, not refused, when a transaction that was tried again comes here for the second time.
	const output = createWriteStream(file, { flags: "w", mode: 0o600, flush: true });
	await pipeline(Readable.from(lines), createGzip(), output, { signal });
}

async function readHeader(
	tx: Transaction,
	catalog: readonly CatalogTable[],
	{ engine, createdAt }: { engine: BackupHeader["engine"]; createdAt: Date },
): Promise<BackupHeader> {
	const tables = [];
	for (const { name, columns } of catalog) {
		const count = statement(`select count(*)::float8 as rows from public.${quoted(name)}`);
		const { rows } = theOnlyRow(await tx.query<{ rows: number }>(count, []), "The count of a table");
		tables.push({ name, columns: columns.map((column) => column.name), rows });
	}
	const sequences = [];
	for (const name of await listSequences(tx)) {
		const read = statement(`select last_value::text, is_called from public.${quoted(name)}`);
		const found = await tx.query<{ last_value: string; is_called: boolean }>(read, []);
		sequences.push({ name, ...theOnlyRow(found, "The state of a sequence") });
	}
	return {
		format: "countersign-backup",
		version: formatVersion,
		product: "countersign",
		created_at: createdAt.toISOString(),
		engine,
		migrations: await listMigrations(tx),
		tables,
		sequences,
	};
}

async function* linesOf(
	tx: Transaction,
	catalog: readonly CatalogTable[],
	header: BackupHeader,
): AsyncGenerator<string> {
	const hash = createHash("sha256");
	let lines = 0;
	const line = (text: string) => {
		const ended = `${text}\n`;
		hash.update(ended);
		lines += 1;
		return ended;
	};
	yield line(JSON.stringify(header));
	for (const table of catalog) {
		let piece = "";
		for await (const row of rowsOf(tx, table)) {
			piece += line(row);
			if (piece.length < pieceLength) continue;
			yield piece;
			piece = "";
		}
		if (piece !== "") yield piece;
	}
	const end: BackupEnd = { lines, sha256: hash.digest("hex") };
	yield `${JSON.stringify(end)}\n`;
}

async function* rowsOf(tx: Transaction, { name, columns }: CatalogTable): AsyncGenerator<string> {
	const texts = columns.map((column) => `${quoted(column.name)}::text`).join(", ");
	const declare = `declare backup_rows no scroll cursor for select to_json(array[${texts}])::text as line from public.${quoted(name)}`;
	await tx.query(statement(declare), []);
	for (;;) {
		const rows = await tx.query<{ line: string }>(fetchRows, []);
		if (rows.length === 0) break;
		for (const { line } of rows) yield line;
	}
	await tx.query(closeRows, []);
}
