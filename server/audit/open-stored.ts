import { access } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { DatabaseSettings } from "../db/connect";
import { DatabaseError } from "../db/database-error";
import { acquireLock } from "../db/lock";
import { sqlStateOf } from "../db/query-error";
import { statement } from "../db/statement";
import type { Rows } from "./read-rows";

const connectTimeoutMs = 5_000;
const snapshot = statement("set transaction isolation level repeatable read read only");
const undefinedTable = "42P01";

/**
 * Opens the database as it is, without bringing it up to date, and lets `look` read all of it as of one
 * moment. Servers may go on using a PostgreSQL meanwhile; the embedded database has to be closed.
 */
export async function readStored<Result>(
	settings: DatabaseSettings,
	look: (rows: Rows) => Promise<Result>,
): Promise<Result> {
	try {
		return settings.postgres === null
			? await readPglite(settings.dataDir, look)
			: await readPostgres(settings.postgres.url, look);
	} catch (cause) {
		if (sqlStateOf(cause) !== undefinedTable) throw cause;
		throw new DatabaseError(
			"The database is not one of this version of Countersign: start the API once, which brings it up to date.",
			{ cause },
		);
	}
}

async function readPglite<Result>(dataDir: string, look: (rows: Rows) => Promise<Result>): Promise<Result> {
	const folder = join(dataDir, "database");
	// PGlite would make an empty database, which is whole.
	await access(join(folder, "PG_VERSION")).catch((cause: unknown) => {
		throw new DatabaseError(`There is no database in ${dataDir}: check COUNTERSIGN_DATA_DIR.`, { cause });
	});
	const lock = await acquireLock(dataDir, "database");
	try {
		const engine = await PGlite.create(folder);
		try {
			return await engine.transaction(async (tx) => {
				const rows: Rows = {
					query: async <Row>({ text }: { text: string }, values: readonly unknown[]) =>
						(await tx.query<Row>(text, [...values])).rows,
				};
				await rows.query(snapshot, []);
				return look(rows);
			});
		} finally {
			await engine.close();
		}
	} finally {
		await lock.release();
	}
}

async function readPostgres<Result>(url: string, look: (rows: Rows) => Promise<Result>): Promise<Result> {
	const client = new pg.Client({
		connectionString: url,
		connectionTimeoutMillis: connectTimeoutMs,
		application_name: "countersign audit:verify",
	});
	// A connection that breaks fails the query that is under way; without a listener it would end the process.
	client.on("error", () => undefined);
	try {
		await client.connect();
	} catch (cause) {
		const { hostname, port, pathname } = new URL(url);
		const first = cause instanceof AggregateError ? cause.errors[0] : cause;
		const code = first instanceof Error && "code" in first ? String(first.code) : String(first);
		throw new DatabaseError(
			`The database at ${hostname}:${port || "5432"}${pathname} cannot be reached (${code}): check DATABASE_URL and that the server is running.`,
			{ cause },
		);
	}
	try {
		const rows: Rows = {
			query: async <Row>({ name, text }: { name: string; text: string }, values: readonly unknown[]) =>
				// The rows are of the shape that the caller's SQL gives them.
				(await client.query({ name, text, values: [...values] })).rows as Row[],
		};
		await client.query("begin");
		await rows.query(snapshot, []);
		return await look(rows);
	} finally {
		await client.end();
	}
}
