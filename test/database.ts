import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import type { Connection } from "@/server/db/database";
import { connectInMemory } from "@/server/db/pglite";
import { openPostgres } from "@/server/db/postgresql";
import { createDatabase } from "./postgres";

/**
 * A migrated, empty database of its own for a test file: PGlite in memory, or a database on the PostgreSQL
 * of this run, as the test project says. Closing it throws it away.
 */
export async function openTestDatabase(): Promise<Connection> {
	const postgres = inject("postgres");
	if (postgres === null) return connectInMemory(await openAsBlob(inject("migratedDatabase")));
	const { url, drop } = await createDatabase(postgres.adminUrl, { template: postgres.template });
	const connection = await openPostgres({ url, poolSize: 10 });
	return {
		...connection,
		async close() {
			await connection.close();
			await drop();
		},
	};
}
