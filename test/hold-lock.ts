import { acquireLock, LockedError } from "../server/db/lock";

/** Takes the lock of a folder, says so, and holds it until it is ended: a process for tests to meet. */
const [dataDir = ""] = process.argv.slice(2);
try {
	await acquireLock(dataDir, "database");
	process.stdout.write("held\n");
	setInterval(() => undefined, 1_000);
} catch (error) {
	if (!(error instanceof LockedError)) throw error;
	process.stdout.write(`refused ${error.message}\n`);
}
