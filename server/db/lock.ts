import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isRunning, processStart } from "./process-identity";

const claimSchema = z.object({ pid: z.number().int().positive(), start: z.string().nullable() });
type Claim = z.infer<typeof claimSchema>;

/** Somebody else has the database open. The message is one sentence for the person who started us. */
export class LockedError extends Error {
	override name = "LockedError";
}

export interface Lock {
	release(): Promise<void>;
}

const attempts = 4;

/**
 * Takes `<dataDir>/<name>.lock`, a folder of claims, one file for each process that wants it. A claim is
 * made first and then looked past: whoever sees another live claim takes its own back, so two can never
 * both hold the lock, however their steps fall together. Claims of dead processes are removed; their names
 * are unique, so that a live claim can never be removed by mistake, as one shared file could be.
 */
export async function acquireLock(dataDir: string, name: string): Promise<Lock> {
	const folder = join(dataDir, `${name}.lock`);
	await mkdir(folder, { recursive: true });
	for (let attempt = 1; ; attempt += 1) {
		const own = await makeClaim(folder);
		const holder = await liveClaimBeside(folder, own);
		if (holder === null) return { release: () => rm(join(folder, own), { force: true }) };
		await rm(join(folder, own), { force: true });
		if (attempt === attempts) throw locked(dataDir, name, folder, holder);
		// Two that start together both step back; the one that comes back first finds the way free.
		await sleep(20 + Math.random() * 180);
	}
}

/** A claim appears under its name only when it is written to the end: `link` never overwrites. */
async function makeClaim(folder: string): Promise<string> {
	const own = `${process.pid}-${randomUUID()}.json`;
	const draft = join(folder, `${own}.draft`);
	const claim: Claim = { pid: process.pid, start: processStart(process.pid) };
	await writeFile(draft, JSON.stringify(claim), { flag: "wx" });
	await link(draft, join(folder, own));
	await rm(draft, { force: true });
	return own;
}

async function liveClaimBeside(folder: string, own: string): Promise<Claim | null> {
	for (const file of await readdir(folder)) {
		if (file === own || !file.endsWith(".json")) continue;
		const claim = await readClaim(join(folder, file));
		if (claim === null) continue;
		if (isRunning(claim)) return claim;
		await rm(join(folder, file), { force: true });
	}
	return null;
}

async function readClaim(file: string): Promise<Claim | null> {
	const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
	return text === null ? null : claimSchema.parse(JSON.parse(text));
}

function locked(dataDir: string, name: string, folder: string, holder: Claim): LockedError {
	return new LockedError(
		`The ${name} in ${dataDir} is open in another process (pid ${holder.pid}): stop that one, or choose another folder with COUNTERSIGN_DATA_DIR; if pid ${holder.pid} is not a Countersign server, delete ${folder}.`,
	);
}
