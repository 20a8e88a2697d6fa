import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** The query builder over one connection. Handy; prepared SQL (`Transaction.query`) costs half of it. */
export type Orm = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** SQL whose plan the server may keep; made by `statement`, once, at the top of a file. */
export interface Statement {
	name: string;
	text: string;
}

/** The end of a tenant's audit chain as a transaction has left it. */
export interface AuditHead {
	tenantId: string;
	sequence: number;
	hash: string;
}

/** One open transaction. */
export interface Transaction {
	readonly orm: Orm;
	/** Runs prepared SQL and returns its rows, with the column names that the SQL gives. */
	query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
	/** Set by whoever writes an audit entry; told to `auditHeadListeners` when the transaction is in. */
	auditHead: AuditHead | null;
}

/** The database as the verbs see it: nothing here depends on the engine below. */
export interface Database {
	readonly engine: "pglite" | "postgresql";
	/**
	 * One transaction in one tenant, as the role that row-level security binds: rows of another tenant are
	 * not there, whatever the query says. All or nothing; a deadlock is tried again.
	 */
	inTenant<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
	/** One transaction past row-level security, for what belongs to no tenant or to all of them. */
	asOwner<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
	/** Each is called after each commit that has moved a tenant's audit chain; none of them may throw. */
	readonly auditHeadListeners: Set<(head: AuditHead) => void>;
}

/** A line that another process has sent, and the name of that process. */
export type HearLine = (line: string, from: string) => void;

/** Short messages between the processes that share a database; what cannot be sent is lost. */
export interface Channel {
	/**
	 * Sends a line (at most 7,000 bytes) to every other process that listens at this moment. Of lines with the
	 * same key that wait to be sent, the newest is sent.
	 */
	send(key: string, line: string): void;
	/** Sends what waits, within a second, and hangs up. */
	close(): Promise<void>;
}

/** An open database and the way to close it. */
export interface Connection {
	db: Database;
	/** Outside any transaction and past row-level security: for tests and for tools that look at all of it. */
	orm: Orm;
	/** Opens the way to the other processes; null for the embedded database, which has one opener. */
	openChannel: ((hear: HearLine) => Channel) | null;
	/** What a commit survives, as a sentence for the log. */
	durability: string;
	/** Which server or folder it is, without any password. */
	place: string;
	close(): Promise<void>;
}

/** The role that a tenant's transactions run as; it owns nothing and may not bypass row-level security. */
export const tenantRole = "countersign_tenant";

/** The connection broke while a transaction was being committed, so whether it is in is not known. */
export class UnknownOutcomeError extends Error {
	override name = "UnknownOutcomeError";
}
