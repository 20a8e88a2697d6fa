import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";

/** Puts a migrated, empty embedded database into a data folder. A copy is quick; making one takes seconds. */
export async function putDatabase(dataDir: string): Promise<void> {
	await cp(inject("migratedFolder"), dataDir, { recursive: true });
}

/** A data folder of its own for a test, with such a database in it; whoever asks removes it. */
export async function makeDataDir(name: string): Promise<string> {
	const dataDir = await mkdtemp(join(tmpdir(), `countersign-${name}-`));
	await putDatabase(dataDir);
	return dataDir;
}
