import { isDeepStrictEqual } from "node:util";
import { theOnlyRow } from "../affected-rows";
import type { Database, Transaction } from "../db/database";
import { sqlStateOf } from "../db/query-error";
import { statement } from "../db/statement";
import { findWrongAuditEnd } from "./audit-ends";
import { BackupError } from "./backup-error";
import {
	type CatalogTable,
	listAllTables,
	listMigrations,
	listSequences,
	listTables,
	quoted,
} from "./catalog";
import type { BackupHeader } from "./format";
import { readBackup } from "./read";

/** Holds what a server makes for itself when it starts; a backup has its own of it, which take its place. */
const replacedTable = "settings";

const settings = [
	"set local statement_timeout = 0",
	"set local idle_in_transaction_session_timeout = 0",
	// The history of a metric comes with the backup, so the trigger that keeps it has nothing to add.
	"set local countersign.is_restoring = 'on'",
].map(statement);
const forgetSettings = statement(`delete from public.${quoted(replacedTable)}`);
const continueSequence = statement("select setval(format('public.%I', $1::text)::regclass, $2::bigint, $3)");

/**
 * Puts all rows of a backup into an empty database, in one transaction: either all of it is there afterwards
 * and fits together, or nothing has changed. The file is read to its end before the database is touched, and
 * once more while it is loaded. A database is empty when no table but `settings` holds a row.
 */
export async function restoreBackup(options: {
	db: Database;
	file: string;
	signal?: AbortSignal;
}): Promise<BackupHeader> {
	const { db, file, signal } = options;
	const checked = await readBackup(file, {}, signal);
	return db.asOwner(async (tx) => {
		for (const setting of settings) await tx.query(setting, []);
		await requireSameMigrations(tx, file, checked);
		const tables = await listTables(tx);
		await requireFit(tx, file, tables, checked);
		await requireEmpty(tx);
		await tx.query(forgetSettings, []);
		const inserts = new Map(tables.map((table) => [table.name, insertInto(table)]));
		const loaded = await readBackup(
			file,
			{
				onRows: async (table, lines) => {
					const insert = inserts.get(table);
					if (insert === undefined) throw new Error(`There is no table ${table} to restore`);
					await tx.query(insert, [`[${lines.join(",")}]`]).catch((cause: unknown) => {
						// Classes 22 and 23 are about the values; everything else may have nothing to do with the file.
						if (!/^2[23]/.test(sqlStateOf(cause) ?? "")) throw cause;
						const reason = `the database does not take its rows of ${table} (SQLSTATE ${sqlStateOf(cause)})`;
						throw new BackupError(`${file} cannot be restored: ${reason}.`, { cause });
					});
				},
			},
			signal,
		);
		if (!isDeepStrictEqual(loaded, checked)) throw new BackupError(`${file} was changed while it was read.`);
		await requireCounts(tx, file, loaded);
		const tenant = await findWrongAuditEnd(tx);
		if (tenant !== null) {
			throw new BackupError(
				`${file} cannot be restored: the audit log of tenant ${tenant} does not end where its head says.`,
			);
		}
		// Plans need figures at once, and the embedded database gathers none by itself.
		for (const { name } of tables) await tx.query(statement(`analyze public.${quoted(name)}`), []);
		// The last thing, because no rollback takes it back.
		for (const { name, last_value, is_called } of loaded.sequences) {
			await tx.query(continueSequence, [name, last_value, is_called]);
		}
		return loaded;
	});
}

async function requireSameMigrations(
	tx: Transaction,
	file: string,
	{ migrations }: BackupHeader,
): Promise<void> {
	const ours = await listMigrations(tx);
	if (isDeepStrictEqual(migrations, ours)) return;
	throw new BackupError(
		`${file} cannot be restored: it is of another version of Countersign (${migrations.length} migrations, not these ${ours.length}); restore it with the version that made it, and let this one bring that database up to date.`,
	);
}

async function requireFit(
	tx: Transaction,
	file: string,
	tables: readonly CatalogTable[],
	header: BackupHeader,
): Promise<void> {
	const ours = tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]);
	const theirs = header.tables.map(({ name, columns }) => [name, columns]);
	const sequences = header.sequences.map(({ name }) => name);
	if (isDeepStrictEqual(ours, theirs) && isDeepStrictEqual(sequences, await listSequences(tx))) return;
	throw new BackupError(`${file} cannot be restored: its tables are not those of this database.`);
}

async function requireEmpty(tx: Transaction): Promise<void> {
	const names = await listAllTables(tx);
	const all = names.map((name) => `public.${quoted(name)}`).join(", ");
	// A server that is running writes only when this is over, and then meets the restored rows.
	await tx.query(statement(`lock table ${all} in share row exclusive mode`), []);
	for (const name of names) {
		if (name === replacedTable) continue;
		const look = statement(`select exists (select from public.${quoted(name)}) as found`);
		const { found } = theOnlyRow(await tx.query<{ found: boolean }>(look, []), "The look into a table");
		if (found) {
			throw new BackupError(
				`The database is not empty (there are rows in ${name}), and a backup is restored into an empty one only.`,
			);
		}
	}
}

/** Takes the lines of a table as one JSON array; each text is read back by the input of its column's type. */
function insertInto({ name, columns }: CatalogTable) {
	const names = columns.map((column) => quoted(column.name)).join(", ");
	const values = columns.map(({ type }, index) => `(line ->> ${index})::${type}`).join(", ");
	return statement(
		`insert into public.${quoted(name)} (${names}) overriding system value select ${values} from jsonb_array_elements($1::jsonb) as line`,
	);
}

async function requireCounts(tx: Transaction, file: string, { tables }: BackupHeader): Promise<void> {
	for (const { name, rows } of tables) {
		const count = statement(`select count(*)::float8 as rows from public.${quoted(name)}`);
		const found = theOnlyRow(await tx.query<{ rows: number }>(count, []), "The count of a table").rows;
		if (found !== rows) {
			throw new BackupError(
				`${file} cannot be restored: ${found} of its ${rows} rows of ${name} came through.`,
			);
		}
	}
}
