import type { Transaction } from "../db/database";
import { statement } from "../db/statement";

export interface CatalogTable {
	name: string;
	columns: readonly { name: string; type: string }[];
}

/** Kept by triggers on `deployments`: to write their rows as well would put everything in twice. */
const derivedTables: readonly string[] = ["deployment_totals", "deployment_texts"];

interface FoundTable extends CatalogTable {
	/** The tables that its rows refer to. */
	parents: string[];
}

const findTables = statement(`
	select
		tables.relname as name,
		(
			select json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum)
			from pg_attribute
			where attrelid = tables.oid and attnum > 0 and not attisdropped and attgenerated = ''
		) as columns,
		(
			select coalesce(json_agg(distinct parents.relname), '[]')
			from pg_constraint join pg_class parents on parents.oid = confrelid
			where conrelid = tables.oid and contype = 'f'
		) as parents
	from pg_class tables
	where
		relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
		and not exists (select from pg_depend where objid = tables.oid and deptype = 'e')
	order by relname
`);
const findSequences = statement(`
	select relname as name from pg_class
	where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname
`);
const findMigrations = statement("select hash from drizzle.__drizzle_migrations order by id");

/**
 * Every table with rows of our own, from the database's catalog, so that a new one cannot be forgotten; each
 * after those that it refers to.
 */
export async function listTables(tx: Transaction): Promise<CatalogTable[]> {
	return parentsFirst(await tx.query<FoundTable>(findTables, [])).filter(
		({ name }) => !derivedTables.includes(name),
	);
}

/** The same with the tables that other tables' triggers keep: what must hold nothing in an empty database. */
export async function listAllTables(tx: Transaction): Promise<string[]> {
	return (await tx.query<FoundTable>(findTables, [])).map(({ name }) => name);
}

export async function listSequences(tx: Transaction): Promise<string[]> {
	return (await tx.query<{ name: string }>(findSequences, [])).map(({ name }) => name);
}

/** The hashes of the applied migrations, the oldest first. */
export async function listMigrations(tx: Transaction): Promise<string[]> {
	return (await tx.query<{ hash: string }>(findMigrations, [])).map(({ hash }) => hash);
}

/** A name of the catalog as it is written into SQL. */
export function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

function parentsFirst(tables: readonly FoundTable[]): FoundTable[] {
	const ordered: FoundTable[] = [];
	const waiting = new Map(tables.map((table) => [table.name, table]));
	while (waiting.size > 0) {
		const next = [...waiting.values()].find(({ parents }) => parents.every((parent) => !waiting.has(parent)));
		// Rows that refer to each other cannot be inserted table by table: whoever adds such a key decides how.
		if (next === undefined) throw new Error(`These tables refer to each other: ${[...waiting.keys()]}`);
		ordered.push(next);
		waiting.delete(next.name);
	}
	return ordered;
}
