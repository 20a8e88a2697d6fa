import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, type Transaction as PgliteTransaction } from "@electric-sql/pglite";
import { btree_gin } from "@electric-sql/pglite/contrib/btree_gin";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import type { Connection, Database, Statement, Transaction } from "./database";
import { tenantRole } from "./database";
import { acquireLock } from "./lock";
import { migrationsFolder } from "./migrations-folder";
import { QueryError } from "./query-error";
import { requireTenantId } from "./tenant-setting";

/** What the migrations ask for beyond PostgreSQL itself. */
const extensions = { btree_gin, pg_trgm };

/**
 * Opens the database in `<dataDir>/database`, brings it up to date, and holds its lock until `close`.
 *
 * PGlite runs without fsync: what was acknowledged survives a killed process, but not a power cut or a
 * crash of the operating system. It also tolerates exactly one opener, hence the lock.
 */
export async function openPglite(dataDir: string): Promise<Connection> {
	const folder = join(dataDir, "database");
	await mkdir(folder, { recursive: true });
	const lock = await acquireLock(dataDir, "database");
	try {
		const connection = await open(await PGlite.create(folder, { extensions }), folder);
		return {
			...connection,
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
	const engine = await PGlite.create({ extensions, ...(dump === undefined ? {} : { loadDataDir: dump }) });
	return { ...(await open(engine, "memory")), engine };
}

async function open(engine: PGlite, place: string): Promise<Connection> {
	try {
		const orm = drizzle({ client: engine });
		await migrate(orm, { migrationsFolder });
		return {
			db: new PgliteDatabase(engine),
			orm: orm as unknown as Connection["orm"],
			openChannel: null,
			durability: "embedded PostgreSQL without fsync: survives a killed process, not a loss of power",
			place,
			close: () => engine.close(),
		};
	} catch (error) {
		await engine.close();
		throw error;
	}
}

/** One connection, so one transaction at a time; the engine itself makes the others wait. */
class PgliteDatabase implements Database {
	readonly engine = "pglite";
	readonly auditHeadListeners: Database["auditHeadListeners"] = new Set();

	constructor(private readonly pglite: PGlite) {}

	inTenant<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
		const id = requireTenantId(tenantId);
		return this.transaction(work, async (tx) => {
			await tx.exec(
				`SET LOCAL ROLE ${tenantRole}; SELECT set_config('countersign.tenant_id', '${id}', true)`,
			);
		});
	}

	asOwner<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
		return this.transaction(work, async () => undefined);
	}

	private async transaction<T>(
		work: (tx: Transaction) => Promise<T>,
		prepare: (tx: PgliteTransaction) => Promise<void>,
	): Promise<T> {
		let opened: PgliteHandle | undefined;
		const result = await this.pglite.transaction(async (inner) => {
			opened = new PgliteHandle(inner);
			await prepare(inner);
			return work(opened);
		});
		const head = opened?.auditHead;
		if (head) for (const hear of this.auditHeadListeners) hear(head);
		return result;
	}
}

class PgliteHandle implements Transaction {
	auditHead: Transaction["auditHead"] = null;
	private builder: Transaction["orm"] | undefined;

	constructor(private readonly inner: PgliteTransaction) {}

	get orm() {
		// The builder calls nothing but `query`, `exec` and `transaction`, which a transaction has like the engine.
		this.builder ??= drizzle({ client: this.inner as unknown as PGlite }) as unknown as Transaction["orm"];
		return this.builder;
	}

	async query<Row>({ text }: Statement, values: readonly unknown[]): Promise<Row[]> {
		try {
			return (await this.inner.query<Row>(text, [...values])).rows;
		} catch (cause) {
			throw new QueryError(text, cause);
		}
	}
}
