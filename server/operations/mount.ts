import type { Hono } from "hono";
import { extensions } from "@/lib/contract/health";
import type { Database } from "../db/database";
import { statement } from "../db/statement";
import { ApiError } from "../errors/api-error";
import type { AppEnvironment } from "../middleware/request-context";
import { allowOnly } from "../routes/endpoint";
import { withinDeadline } from "./deadline";

/** Says what keeps the server from taking requests, in words that may be shown; nothing when it may take them. */
export type Readiness = () => Promise<string[]>;

const deadlineMs = 2_000;
const probe = statement("select 1");

/**
 * `GET /health`: the process is alive and its database answers. `GET /ready`: it also wants to be sent
 * requests. Both need no token and are 503 otherwise, at the latest after 2 s.
 */
export function mountOperations(app: Hono<AppEnvironment>, db: Database, readiness: Readiness): void {
	const askDatabase = createDatabaseProbe(db);

	app.get("/health", async (c) => {
		const fault = await askDatabase();
		if (fault !== null) throw new ApiError("overloaded", `Not healthy: ${fault.reason}.`, fault);
		return c.json({ status: "ok", extensions });
	});
	allowOnly(app, "/health", ["GET"]);

	app.get("/ready", async (c) => {
		const [fault, reasons] = await Promise.all([askDatabase(), askChecks(readiness)]);
		const all = fault === null ? reasons : [fault.reason, ...reasons];
		if (all.length > 0) {
			throw new ApiError("overloaded", `Not ready: ${all.join("; ")}.`, { cause: fault?.cause });
		}
		return c.json({ status: "ready" });
	});
	allowOnly(app, "/ready", ["GET"]);
}

interface Fault {
	reason: string;
	cause: unknown;
}

/** However many ask at once without a token, they share one query. */
function createDatabaseProbe(db: Database): () => Promise<Fault | null> {
	let asked: Promise<Fault | null> | null = null;
	const ask = () =>
		db
			.asOwner((tx) => tx.query(probe, []))
			.then(
				() => null,
				(cause: unknown) => ({ reason: "the database cannot be used", cause }),
			)
			.finally(() => {
				asked = null;
			});
	return () => {
		asked ??= ask();
		const late = { reason: `the database has not answered within ${deadlineMs / 1_000} s`, cause: undefined };
		return withinDeadline(asked, deadlineMs, late);
	};
}

async function askChecks(readiness: Readiness): Promise<string[]> {
	return withinDeadline(
		readiness().catch(() => ["a check failed"]),
		deadlineMs,
		[`a check has not answered within ${deadlineMs / 1_000} s`],
	);
}
