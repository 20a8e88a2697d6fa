import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Child, startChild } from "@/test/child";
import { acquireLock, LockedError } from "./lock";
import { isRunning, processStart } from "./process-identity";

let dataDir: string;
let children: Child[];
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "countersign-lock-"));
	children = [];
});
afterEach(async () => {
	for (const child of children) child.process.kill("SIGKILL");
	await Promise.all(children.map(({ ended }) => ended));
	await rm(dataDir, { recursive: true, force: true });
});

const claims = async () =>
	(await readdir(join(dataDir, "database.lock"))).filter((name) => name.endsWith(".json"));
function start(): Child {
	const child = startChild("test/hold-lock.ts", [dataDir], {});
	children.push(child);
	return child;
}
async function leaveClaim(claim: { pid: number; start: string | null }): Promise<void> {
	const lock = await acquireLock(dataDir, "database");
	await lock.release();
	await writeFile(join(dataDir, "database.lock", "left.json"), JSON.stringify(claim));
}

test("a second opener is refused with the folder, the pid and what to do, also in the same process", async () => {
	const lock = await acquireLock(dataDir, "database");
	const refused = acquireLock(dataDir, "database");
	await expect(refused).rejects.toThrow(LockedError);
	await expect(refused).rejects.toThrow(dataDir);
	await expect(refused).rejects.toThrow(`pid ${process.pid}`);
	await expect(refused).rejects.toThrow("stop that one");
	expect(await claims()).toHaveLength(1);
	await lock.release();
	await (await acquireLock(dataDir, "database")).release();
	expect(await claims()).toEqual([]);
});

test("another process is refused while we hold the lock, and takes it when we let go", async () => {
	const lock = await acquireLock(dataDir, "database");
	const refused = start();
	await refused.ended;
	expect(refused.stdout()).toContain(
		`refused The database in ${dataDir} is open in another process (pid ${process.pid})`,
	);
	await lock.release();
	await start().says("held");
	await expect(acquireLock(dataDir, "database")).rejects.toThrow(LockedError);
});

test("the lock of a killed process is taken over", async () => {
	const holder = start();
	await holder.says("held");
	holder.process.kill("SIGKILL");
	await holder.ended;
	expect(await claims()).toHaveLength(1);
	const lock = await acquireLock(dataDir, "database");
	expect(await claims()).toHaveLength(1);
	await lock.release();
});

test("a pid that another process has now does not keep the lock of the one that died", async () => {
	await leaveClaim({ pid: process.pid, start: "an-older-boot:1" });
	const lock = await acquireLock(dataDir, "database");
	await lock.release();
});

test("where nobody knows when a process started, a live pid keeps its lock", async () => {
	await leaveClaim({ pid: process.pid, start: null });
	await expect(acquireLock(dataDir, "database")).rejects.toThrow(LockedError);
});

test("of eight that start together over a stale lock, never two hold it", async () => {
	await leaveClaim({ pid: 2 ** 22 + 1, start: "an-older-boot:1" });
	const attempts = await Promise.allSettled(
		Array.from({ length: 8 }, () => acquireLock(dataDir, "database")),
	);
	const held = attempts.filter(({ status }) => status === "fulfilled");
	expect(held.length).toBeLessThanOrEqual(1);
	expect(await claims()).toHaveLength(held.length);
});

test("of three processes that start together, exactly one holds the lock", async () => {
	await leaveClaim({ pid: 2 ** 22 + 1, start: "an-older-boot:1" });
	const three = [start(), start(), start()];
	await Promise.all(
		three.map((child) => Promise.race([child.says("held").catch(() => undefined), child.ended])),
	);
	expect(three.filter((child) => child.stdout().includes("held")).length).toBeLessThanOrEqual(1);
	expect((await claims()).length).toBeLessThanOrEqual(1);
});

test("a process is known by its pid and its start", () => {
	const start = processStart(process.pid);
	expect(isRunning({ pid: process.pid, start })).toBe(true);
	expect(isRunning({ pid: 2 ** 22 + 1, start: null })).toBe(false);
	if (start !== null) expect(isRunning({ pid: process.pid, start: `${start}0` })).toBe(false);
});
