import type { Clock } from "./clock";
import { settleInterruptedActions } from "./control/settle-interrupted";
import type { Database } from "./db/database";
import { describeError, type Log } from "./log";
import { forgetOldAnswers } from "./once";
import { fillDigests } from "./queue/fill-digests";

interface HousekeepingParts {
	db: Database;
	clock: Clock;
	log: Log;
	/** The longest that an executor of this server takes. */
	executorTimeoutMs: number;
}

export interface Housekeeping {
	/** Waits for what is being done and does no more. */
	stop(): Promise<void>;
}

const everyMs = 60_000;
const marginMs = 60_000;
/** A long proposal has its digest this much later, at the latest, unless many are waiting. */
const digestsEveryMs = 5_000;

/**
 * What nobody asks for but has to be done: settles actions whose server was killed while they ran, and
 * throws away answers that are kept no longer. Once before it returns, then every minute. Besides, and without
 * being waited for, reads the deployments whose digest the queue still lacks. Several servers may do all of it
 * on one database.
 */
export async function startHousekeeping(parts: HousekeepingParts): Promise<Housekeeping> {
	const { db, executorTimeoutMs } = parts;
	// The embedded database has one opener: what is pending when it is opened is run by nobody.
	await tidy(parts, db.engine === "pglite" ? 0 : executorTimeoutMs + marginMs);
	let running = Promise.resolve();
	const timer = setInterval(() => {
		running = running.then(() => tidy(parts, executorTimeoutMs + marginMs));
	}, everyMs);
	timer.unref();
	const digests = keepDigests(parts);
	return {
		async stop() {
			clearInterval(timer);
			await Promise.all([running, digests.stop()]);
		},
	};
}

/** One look at a time: a large database that has just been brought up to date takes longer than the pause. */
function keepDigests({ db, clock, log }: HousekeepingParts): Housekeeping {
	let isStopping = false;
	let looking: Promise<void> | null = null;
	const look = () => {
		looking ??= fillDigests(db, clock, () => isStopping)
			.then(({ failed }) => {
				for (const { id, error } of failed) log.error("digest_failed", { id, cause: describeError(error) });
			})
			.catch((error: unknown) => log.error("housekeeping_failed", { cause: describeError(error) }))
			.finally(() => {
				looking = null;
			});
	};
	look();
	const timer = setInterval(look, digestsEveryMs);
	timer.unref();
	return {
		async stop() {
			isStopping = true;
			clearInterval(timer);
			await looking;
		},
	};
}

async function tidy({ db, clock, log }: HousekeepingParts, staleAfterMs: number): Promise<void> {
	try {
		const settled = await settleInterruptedActions(db, clock, staleAfterMs);
		if (settled > 0) log.info("interrupted_actions_settled", { settled });
		await forgetOldAnswers(db, clock());
	} catch (error) {
		log.error("housekeeping_failed", { cause: describeError(error) });
	}
}
