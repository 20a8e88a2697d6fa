import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import type { Connection, Database, Statement, Transaction } from "./database";
import { tenantRole, UnknownOutcomeError } from "./database";
import { DatabaseError } from "./database-error";
import { migrationsFolder } from "./migrations-folder";
import { openPostgresChannel } from "./postgres-channel";
import { QueryError, sqlStateOf } from "./query-error";
import { requireTenantId } from "./tenant-setting";

export interface PostgresSettings {
	url: string;
	poolSize: number;
}

const oldestVersion = 150_000;
/** Any number that all our processes agree on: whoever holds it migrates, the others wait. */
const migrationLock = 7_239_004_611;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;
const maxAttempts = 4;
const deadlock = "40P01";
const serializationFailure = "40001";

/** Opens a pool on a PostgreSQL server, brings the database up to date, and keeps the pool until `close`. */
export async function openPostgres({ url, poolSize }: PostgresSettings): Promise<Connection> {
	await prepare(url);
	const pool = new pg.Pool({
		connectionString: url,
		max: poolSize,
		connectionTimeoutMillis: connectTimeoutMs,
		// What a caller has given up on must not go on for ever in the database.
		statement_timeout: statementTimeoutMs,
		idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
		application_name: "countersign",
		keepAlive: true,
	});
	// A connection that breaks while it is idle leaves the pool by itself; without a listener it ends the process.
	pool.on("error", () => undefined);
	try {
		const { rows } = await pool.query<{ fsync: string; commit: string }>(
			"select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
		);
		return {
			db: new PostgresDatabase(pool),
			orm: drizzle({ client: pool }) as unknown as Connection["orm"],
			openChannel: (hear) => openPostgresChannel(url, hear),
			durability: durabilityOf(rows[0]),
			place: placeOf(url),
			close: () => pool.end(),
		};
	} catch (error) {
		await pool.end();
		throw error;
	}
}

/** Migrates alone: of several processes that start together one does it, the others wait and find it done. */
async function prepare(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
	try {
		await client.connect();
	} catch (cause) {
		throw new DatabaseError(
			`The database at ${placeOf(url)} cannot be reached (${reasonOf(cause)}): check DATABASE_URL and that the server is running.`,
			{ cause },
		);
	}
	client.on("error", () => undefined);
	try {
		const { rows } = await client.query<{ version: string; name: string }>(
			"select current_setting('server_version_num') as version, current_setting('server_version') as name",
		);
		if (Number(rows[0]?.version) < oldestVersion) {
			throw new DatabaseError(
				`The database at ${placeOf(url)} is PostgreSQL ${rows[0]?.name}; Countersign needs 15 or later.`,
			);
		}
		await client.query("select pg_advisory_lock($1)", [migrationLock]);
		await migrate(drizzle({ client }), { migrationsFolder });
	} catch (error) {
		const state = sqlStateOf(error);
		if (state === "0A000") {
			throw new DatabaseError(
				`PostgreSQL at ${placeOf(url)} lacks pg_trgm or btree_gin, which the migrations ask for: install its "contrib" package.`,
				{ cause: error },
			);
		}
		if (state !== "42501") throw error;
		throw new DatabaseError(
			`The user of DATABASE_URL may not set up the database at ${placeOf(url)}: it must own the database, and be allowed to create the role ${tenantRole} or have been granted it.`,
			{ cause: error },
		);
	} finally {
		await client.end();
	}
}

function reasonOf(error: unknown): string {
	const first = error instanceof AggregateError ? error.errors[0] : error;
	if (!(first instanceof Error)) return "no reason";
	return "code" in first && typeof first.code === "string" ? first.code : first.message;
}

/** Host, port and database, and never the password. */
function placeOf(url: string): string {
	const { hostname, port, pathname } = new URL(url);
	return `${hostname}:${port === "" ? "5432" : port}${pathname}`;
}

function durabilityOf(settings: { fsync: string; commit: string } | undefined): string {
	if (settings?.fsync === "on" && settings.commit !== "off") {
		return "PostgreSQL with fsync: survives a killed process and a loss of power";
	}
	return "PostgreSQL with fsync or synchronous_commit off: survives a killed process, not a loss of power";
}

class PostgresDatabase implements Database {
	readonly engine = "postgresql";
	readonly auditHeadListeners: Database["auditHeadListeners"] = new Set();
	private readonly handles = new WeakMap<pg.PoolClient, Transaction["orm"]>();

	constructor(private readonly pool: pg.Pool) {}

	inTenant<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
		const id = requireTenantId(tenantId);
		// One message, one round trip.
		return this.transaction(
			`BEGIN; SET LOCAL ROLE ${tenantRole}; SELECT set_config('countersign.tenant_id', '${id}', true)`,
			work,
		);
	}

	asOwner<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
		return this.transaction("BEGIN", work);
	}

	private async transaction<T>(begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
		for (let attempt = 1; ; attempt += 1) {
			try {
				return await this.attempt(begin, work);
			} catch (error) {
				const state = sqlStateOf(error);
				const isWorthRepeating = state === deadlock || state === serializationFailure;
				if (!isWorthRepeating || attempt === maxAttempts) throw error;
			}
		}
	}

	private async attempt<T>(begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
		const client = await this.pool.connect();
		const handle = new PostgresHandle(client, this.handles);
		let broken: Error | undefined;
		// Between checkout and release the pool does not listen, and an unheard error would end the process.
		const notice = (error: Error) => {
			broken = error;
		};
		client.on("error", notice);
		try {
			await client.query(begin);
			const result = await work(handle);
			await commit(client);
			if (handle.auditHead !== null) {
				for (const hear of this.auditHeadListeners) hear(handle.auditHead);
			}
			return result;
		} catch (error) {
			if (error instanceof UnknownOutcomeError) broken ??= error;
			else await client.query("ROLLBACK").catch(notice);
			throw error;
		} finally {
			client.off("error", notice);
			client.release(broken);
		}
	}
}

/** A refused commit has an SQLSTATE of its own; without one, the answer was lost and nobody knows. */
async function commit(client: pg.PoolClient): Promise<void> {
	const { command } = await client.query("COMMIT").catch((cause: unknown) => {
		const state = sqlStateOf(cause);
		// Classes 08 and 57P are about the connection, not about the transaction.
		if (state !== null && !/^(08|57P)/.test(state)) throw cause;
		throw new UnknownOutcomeError("The connection broke during a commit", { cause });
	});
	// A transaction that had failed inside is rolled back, and PostgreSQL says so only here.
	if (command !== "COMMIT") throw new Error("The transaction was rolled back when it was to be committed");
}

class PostgresHandle implements Transaction {
	auditHead: Transaction["auditHead"] = null;

	constructor(
		private readonly client: pg.PoolClient,
		private readonly builders: WeakMap<pg.PoolClient, Transaction["orm"]>,
	) {}

	get orm() {
		let builder = this.builders.get(this.client);
		if (builder === undefined) {
			builder = drizzle({ client: this.client }) as unknown as Transaction["orm"];
			this.builders.set(this.client, builder);
		}
		return builder;
	}

	async query<Row>({ name, text }: Statement, values: readonly unknown[]): Promise<Row[]> {
		try {
			// The rows are of the shape that the caller's SQL gives them.
			return (await this.client.query({ name, text, values: [...values] })).rows as Row[];
		} catch (cause) {
			throw new QueryError(text, cause);
		}
	}
}
