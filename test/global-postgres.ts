import type { TestProject } from "vitest/node";
import { openPostgres } from "../server/db/postgresql";
import { createDatabase, startPostgres } from "./postgres";

declare module "vitest" {
	export interface ProvidedContext {
		/** Where the tests' databases are made and what they are copies of; null when they run on PGlite. */
		postgres: { adminUrl: string; template: string } | null;
	}
}

/** Starts a PostgreSQL and migrates a database once; every test file gets a copy of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const server = await startPostgres();
	const template = await createDatabase(server.url);
	const connection = await openPostgres({ url: template.url, poolSize: 1 });
	await connection.close();
	project.provide("postgres", { adminUrl: server.url, template: template.name });
	process.stdout.write(`PostgreSQL ${server.version} (${server.source})\n`);
	return async () => {
		await template.drop();
		await server.stop();
	};
}
