import { access } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../clock";
import { connect, type DatabaseSettings } from "../db/connect";
import { BackupError } from "./backup-error";
import { rowsInWords, runProgram, secondsSince, UsageError } from "./program";
import { defaultFile, fileAsNamed, readSettings } from "./settings";
import { writeBackup } from "./write";

/**
 * `npm run db:backup -- [file]` writes everything in the database of DATABASE_URL, or else in the embedded
 * one of COUNTERSIGN_DATA_DIR, into a new file; `npm run db:restore` puts it into an empty database of either
 * kind. A PostgreSQL server may go on being used meanwhile; with the embedded database, stop the API first.
 *
 * Opening the database brings it up to date, as starting this version of the API does: before an update, make
 * the backup with the version that is in use.
 *
 * Not in it: the key that signs the heads of the audit logs, and the file of signed heads. Both are kept
 * outside the database on purpose, in `<dataDir>/audit/` (or where COUNTERSIGN_AUDIT_KEY and
 * COUNTERSIGN_AUDIT_HEADS have them): copy them whenever you make a backup, to a place of their own. The backup
 * itself holds every prompt, the hashes of the API keys and the secrets in `settings`.
 */
await runProgram(async (signal) => {
	const [name, ...more] = process.argv.slice(2);
	if (more.length > 0 || name?.startsWith("-")) throw new UsageError("Usage: npm run db:backup -- [file]");
	const start = performance.now();
	const settings = readSettings();
	await requireDatabase(settings);
	const file = name === undefined ? defaultFile(settings.dataDir, systemClock()) : fileAsNamed(name);
	const connection = await connect(settings);
	try {
		const written = await writeBackup({ db: connection.db, clock: systemClock, file, signal });
		const size = `${written.bytes.toLocaleString("en")} bytes`;
		process.stdout.write(
			`${rowsInWords(written.tables)}Wrote ${file} (${size}) from ${connection.place} in ${secondsSince(start)}.\n`,
		);
		if (written.wrongAuditEnd === null) return 0;
		process.stderr.write(
			`The audit log of tenant ${written.wrongAuditEnd} does not end where its head says, so this backup will not be restored: find out why before you rely on it.\n`,
		);
		return 1;
	} finally {
		await connection.close();
	}
});

/** The embedded database is made where there is none, and a backup of that would look like one. */
async function requireDatabase({ dataDir, postgres }: DatabaseSettings): Promise<void> {
	if (postgres !== null) return;
	await access(join(dataDir, "database", "PG_VERSION")).catch((cause: unknown) => {
		throw new BackupError(`There is no database in ${dataDir}: check COUNTERSIGN_DATA_DIR.`, { cause });
	});
}
