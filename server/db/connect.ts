import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { acquireLock } from "./lock";
import * as schema from "./schema";

/** The database as the verbs see it: nothing here depends on the engine below. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface Connection {
	db: Database;
	close(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Opens the database in `<dataDir>/database`, brings it up to date, and holds its lock until `close`.
 *
 * PGlite runs without fsync: what was acknowledged survives a killed process, but not a power cut or a
 * crash of the operating system. It also tolerates exactly one opener, hence the lock.
 */
export async function connect(dataDir: string): Promise<Connection> {
	const folder = join(dataDir, "database");
	await mkdir(folder, { recursive: true });
	const lock = await acquireLock(dataDir, "database");
	try {
		const connection = await open(await PGlite.create(folder));
		return {
			db: connection.db,
			async close() {
				await connection.close();
				await lock.release();
			},
		};
	} catch (error) {
		await lock.release();
		throw error;
	}
}

/** Opens a database that lives in memory, from a dump when one is given. */
export async function connectInMemory(dump?: Blob): Promise<Connection & { engine: PGlite }> {
	const engine = await PGlite.create(dump === undefined ? {} : { loadDataDir: dump });
	return { ...(await open(engine)), engine };
}

async function open(engine: PGlite): Promise<Connection> {
	try {
		const db = drizzle(engine, { schema });
		await migrate(db, { migrationsFolder });
		return { db, close: () => engine.close() };
	} catch (error) {
		await engine.close();
		throw error;
	}
}
