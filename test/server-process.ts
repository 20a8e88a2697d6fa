import { rm } from "node:fs/promises";
import { inject } from "vitest";
import { connect } from "@/server/db/connect";
import type { Connection } from "@/server/db/database";
import { type Child, startChild } from "./child";
import { makeDataDir } from "./data-dir";
import { createDatabase } from "./postgres";
import { authorizedParty, issuer, publicKeyPem } from "./tokens";

/** A migrated database that server processes of a test can open, on the engine of the test project. */
export interface ServerDatabase {
	/** What a server is told so that it opens this database. */
	variables: Record<string, string>;
	/** Opens it from the test itself; the embedded one only while no server has it open. */
	open(): Promise<Connection>;
	drop(): Promise<void>;
}

/** Makes a database for server processes; throw it away with `drop`. */
export async function makeServerDatabase(): Promise<ServerDatabase> {
	const dataDir = await makeDataDir("server");
	const postgres = inject("postgres");
	const made =
		postgres === null ? null : await createDatabase(postgres.adminUrl, { template: postgres.template });
	return {
		variables: { COUNTERSIGN_DATA_DIR: dataDir, ...(made === null ? {} : { DATABASE_URL: made.url }) },
		open: () => connect({ dataDir, postgres: made === null ? null : { url: made.url, poolSize: 4 } }),
		async drop() {
			await made?.drop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** Starts `server/main.ts` on a free port and waits until it listens. */
export async function startServer(variables: Record<string, string>): Promise<{ child: Child; url: string }> {
	const child = startChild("server/main.ts", [], {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: authorizedParty,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
		COUNTERSIGN_WRITES_PER_MINUTE: "0",
		...variables,
	});
	await child.says('"event":"listening"');
	const line = child
		.stdout()
		.split("\n")
		.find((text) => text.includes('"event":"listening"'));
	const { url } = JSON.parse(line ?? "{}") as { url: string };
	return { child, url };
}
