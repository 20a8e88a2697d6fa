import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
	export interface ProvidedContext {
		/** A file with a dump of a migrated, empty database. */
		migratedDatabase: string;
		/** A data folder with the same database. */
		migratedFolder: string;
	}
}

const root = fileURLToPath(new URL("..", import.meta.url));
const migrations = join(root, "server/db/migrations");

/** Migrates a database once; every test file starts from a copy. It is kept until a migration changes. */
export default async function setup(project: TestProject): Promise<void> {
	const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
	for (const file of readdirSync(migrations).sort()) {
		if (file.endsWith(".sql")) hash.update(file).update(readFileSync(join(migrations, file)));
	}
	const folder = join(root, ".test");
	const dump = join(folder, `migrated-${hash.digest("hex").slice(0, 16)}.tar`);
	const migrated = dump.replace(/\.tar$/, "");
	if (!existsSync(migrated)) {
		const { openPglite } = await import("../server/db/pglite");
		const draft = `${migrated}.${process.pid}`;
		await (await openPglite(draft)).close();
		await rm(join(draft, "database.lock"), { recursive: true });
		await rename(draft, migrated);
	}
	project.provide("migratedFolder", migrated);
	if (!existsSync(dump)) {
		const { connectInMemory } = await import("../server/db/pglite");
		const { engine, close } = await connectInMemory();
		const bytes = new Uint8Array(await (await engine.dumpDataDir("none")).arrayBuffer());
		await close();
		await mkdir(folder, { recursive: true });
		await writeFile(`${dump}.${process.pid}`, bytes);
		await rename(`${dump}.${process.pid}`, dump);
	}
	project.provide("migratedDatabase", dump);
}
