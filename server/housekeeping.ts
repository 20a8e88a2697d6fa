import type { Clock } from "./clock";
import { settleInterruptedActions } from "./control/settle-interrupted";
import type { Database } from "./db/database";
import { describeError, type Log } from "./log";
import { forgetOldAnswers } from "./once";

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

/**
 * What nobody asks for but has to be done: settles actions whose server was killed while they ran, and
 * throws away answers that are kept no longer. Once before it returns, then every minute; several servers
 * may do it on one database.
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
	return {
		async stop() {
			clearInterval(timer);
			await running;
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
