import { connect } from "../db/connect";
import { rowsInWords, runProgram, secondsSince, UsageError } from "./program";
import { readBackup } from "./read";
import { restoreBackup } from "./restore";
import { fileAsNamed, readSettings } from "./settings";

/**
 * `npm run db:restore -- <file>` puts a backup into the database of DATABASE_URL, or else into the embedded
 * one of COUNTERSIGN_DATA_DIR, whichever of the two it was made from. That database must be empty; stop the
 * API before. Either the whole backup is there afterwards, or nothing has changed.
 *
 * A backup does not hold `<dataDir>/audit/`, the signing key and the signed heads of the audit logs: put your
 * copy of it back as well, so that the logs can be verified against them. Heads that were signed after the
 * backup was made stand for entries that are lost, and `npm run audit:verify` will name them.
 */
await runProgram(async (signal) => {
	const [name, ...more] = process.argv.slice(2);
	if (name === undefined || name.startsWith("-") || more.length > 0) {
		throw new UsageError("Usage: npm run db:restore -- <file>");
	}
	const start = performance.now();
	const file = fileAsNamed(name);
	const settings = readSettings();
	// Before a database is opened, which makes one where there is none.
	await readBackup(file, {}, signal);
	const connection = await connect(settings);
	try {
		const { tables, created_at } = await restoreBackup({ db: connection.db, file, signal });
		process.stdout.write(
			`${rowsInWords(tables)}Restored the backup of ${created_at} into ${connection.place} in ${secondsSince(start)}.\n`,
		);
		return 0;
	} finally {
		await connection.close();
	}
});
