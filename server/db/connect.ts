import type { Connection } from "./database";
import { openPglite } from "./pglite";
import { openPostgres, type PostgresSettings } from "./postgresql";

/** Which database to open: a PostgreSQL server when one is named, else the embedded one in the data folder. */
export interface DatabaseSettings {
	dataDir: string;
	postgres: PostgresSettings | null;
}

/** Opens the database that the settings name and brings it up to date. */
export function connect({ dataDir, postgres }: DatabaseSettings): Promise<Connection> {
	return postgres === null ? openPglite(dataDir) : openPostgres(postgres);
}
