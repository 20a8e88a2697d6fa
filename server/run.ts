import { DatabaseError } from "./db/database-error";
import { LockedError } from "./db/lock";
import { EnvironmentError } from "./environment";
import { ListenError, type RunningApi } from "./start";

/**
 * Starts a server and ties it to this process: it stops on SIGTERM, SIGINT, or when the parent that
 * started us is gone, also while it is still starting. Failing is one sentence on stderr where we know
 * why, and exit code 1.
 */
export async function runApi(start: () => Promise<RunningApi>): Promise<void> {
	// Asked for before the start: a signal that comes meanwhile would end us with the database open.
	const stopped = new Promise<void>((resolve) => {
		for (const reason of ["SIGTERM", "SIGINT", "disconnect"]) process.on(reason, () => resolve());
		const isOrphan = process.send !== undefined && !process.connected;
		if (isOrphan) resolve();
	});
	try {
		const api = await start();
		await stopped;
		await api.stop();
		process.exit(0);
	} catch (error) {
		process.stderr.write(`${explanation(error)}\n`);
		process.exit(1);
	}
}

function explanation(error: unknown): string {
	const isForThePerson = [EnvironmentError, LockedError, DatabaseError, ListenError].some(
		(kind) => error instanceof kind,
	);
	if (error instanceof Error && isForThePerson) return error.message;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
