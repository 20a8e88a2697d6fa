import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import type { Connection } from "@/server/db/database";
import { connectInMemory } from "@/server/db/pglite";

/** A migrated, empty database of its own for a test file. */
export async function openTestDatabase(): Promise<Connection> {
	return connectInMemory(await openAsBlob(inject("migratedDatabase")));
}
