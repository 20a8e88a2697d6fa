import type { Connection } from "./database";
import type { PostgresSettings } from "./postgresql";

/** Which database to open: a PostgreSQL server when one is named, else the embedded one in the data folder. */
export interface DatabaseSettings {
	dataDir: string;
	postgres: PostgresSettings | null;
}

/** Opens the database that the settings name and brings it up to date. Only its own engine is loaded. */
export async function connect({ dataDir, postgres }: DatabaseSettings): Promise<Connection> {
	if (postgres === null) {
		const { openPglite } = await import("./pglite");
		return openPglite(dataDir);
	}
	const { openPostgres } = await import("./postgresql");
	return openPostgres(postgres);
}
